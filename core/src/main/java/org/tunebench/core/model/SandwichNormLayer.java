package org.tunebench.core.model;

import java.util.List;
import java.util.stream.Stream;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * A layer that normalises before and after each part: {@code x + norm(attention(norm(x)))}, then the same with the
 * feed-forward part (Gemma Team 2024).
 */
record SandwichNormLayer(
        Norm beforeAttention,
        SelfAttention attention,
        Norm afterAttention,
        Norm beforeFeedForward,
        FeedForward feedForward,
        Norm afterFeedForward)
        implements DecoderLayer {
    @Override
    public List<TensorSpec> tensors() {
        return Stream.of(
                        beforeAttention.tensors(),
                        attention.tensors(),
                        afterAttention.tensors(),
                        beforeFeedForward.tensors(),
                        feedForward.modules().stream()
                                .flatMap(m -> m.tensors().stream())
                                .toList(),
                        afterFeedForward.tensors())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<LinearModule> modules() {
        return Stream.concat(attention.modules().stream(), feedForward.modules().stream())
                .toList();
    }

    @Override
    public Value apply(GraphBuilder b, Weights w, int layer, Value x, HeadPositions positions, DecoderInputs in) {
        Value mixed = attention.apply(b, w, layer, beforeAttention.apply(b, w, x), positions, in);
        Value attended = b.add(x, afterAttention.apply(b, w, mixed));
        Value changed = feedForward.apply(b, w, beforeFeedForward.apply(b, w, attended));
        return b.add(attended, afterFeedForward.apply(b, w, changed));
    }
}
