package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * The gated feed-forward part (Shazeer 2020): {@code down(activation(gate(x)) · up(x))}.
 *
 * @param gateAndUp [..., hidden] → two of [..., intermediate]
 * @param down [..., intermediate] → [..., hidden]
 */
record GatedFeedForward(Projections gateAndUp, Activation activation, LinearModule down) implements FeedForward {

    /** With three modules under a prefix, e.g. {@code model.layers.0.mlp.}. */
    static GatedFeedForward of(String prefix, long hidden, long intermediate, boolean bias, Activation activation) {
        return new GatedFeedForward(
                Projections.separate(
                        LinearModule.of(prefix + "gate_proj", intermediate, hidden, bias),
                        LinearModule.of(prefix + "up_proj", intermediate, hidden, bias)),
                activation,
                LinearModule.of(prefix + "down_proj", hidden, intermediate, bias));
    }

    @Override
    public List<LinearModule> modules() {
        List<LinearModule> modules = new ArrayList<>(gateAndUp.modules());
        modules.add(down);
        return modules;
    }

    @Override
    public Value apply(GraphBuilder b, Weights weights, Value x) {
        List<Value> parts = gateAndUp.apply(b, weights, x);
        Value activated = b.mul(activation.of(b, parts.get(0)), parts.get(1));
        return down.apply(b, weights, activated);
    }
}
