package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** A layer that normalises before each part: {@code x + attention(norm(x))}, then {@code x + feedForward(norm(x))}. */
record PreNormLayer(Norm attentionNorm, SelfAttention attention, Norm feedForwardNorm, FeedForward feedForward)
        implements DecoderLayer {

    /** With the norms' usual names under a prefix, e.g. {@code model.layers.0.}. */
    static PreNormLayer of(String prefix, double epsilon, SelfAttention attention, FeedForward feedForward) {
        long hidden = attention.config().hiddenSize();
        return new PreNormLayer(
                RmsNorm.of(prefix + "input_layernorm", hidden, epsilon),
                attention,
                RmsNorm.of(prefix + "post_attention_layernorm", hidden, epsilon),
                feedForward);
    }

    @Override
    public List<TensorSpec> tensors() {
        List<TensorSpec> specs = new ArrayList<>(attentionNorm.tensors());
        specs.addAll(attention.tensors());
        specs.addAll(feedForwardNorm.tensors());
        feedForward.modules().forEach(m -> specs.addAll(m.tensors()));
        return specs;
    }

    @Override
    public List<LinearModule> modules() {
        return Stream.concat(attention.modules().stream(), feedForward.modules().stream())
                .toList();
    }

    @Override
    public Value apply(GraphBuilder b, Weights w, int layer, Value x, HeadPositions positions, DecoderInputs in) {
        Value attended = b.add(x, attention.apply(b, w, layer, attentionNorm.apply(b, w, x), positions, in));
        return b.add(attended, feedForward.apply(b, w, feedForwardNorm.apply(b, w, attended)));
    }
}
