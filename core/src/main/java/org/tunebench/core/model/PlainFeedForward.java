package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * The feed-forward part without a gate (Vaswani et al. 2017): {@code down(activation(up(x)))}.
 *
 * @param up [..., hidden] → [..., intermediate]
 * @param down [..., intermediate] → [..., hidden]
 */
record PlainFeedForward(LinearModule up, Activation activation, LinearModule down) implements FeedForward {
    @Override
    public List<LinearModule> modules() {
        return List.of(up, down);
    }

    @Override
    public Value apply(GraphBuilder b, Weights weights, Value x) {
        return down.apply(b, weights, activation.of(b, up.apply(b, weights, x)));
    }
}
