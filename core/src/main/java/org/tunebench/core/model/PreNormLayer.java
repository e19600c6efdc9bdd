package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** A layer that normalises before each part: {@code x + attention(norm(x))}, then {@code x + feedForward(norm(x))}. */
record PreNormLayer(
        RmsNorm attentionNorm, SelfAttention attention, RmsNorm feedForwardNorm, GatedFeedForward feedForward)
        implements DecoderLayer {

    /** With the norms' usual names under a prefix, e.g. {@code model.layers.0.}. */
    static PreNormLayer of(String prefix, double epsilon, SelfAttention attention, GatedFeedForward feedForward) {
        long hidden = attention.config().hiddenSize();
        return new PreNormLayer(
                new RmsNorm(prefix + "input_layernorm", hidden, epsilon),
                attention,
                new RmsNorm(prefix + "post_attention_layernorm", hidden, epsilon),
                feedForward);
    }

    @Override
    public List<TensorSpec> tensors() {
        List<TensorSpec> specs = new ArrayList<>(List.of(attentionNorm.tensor()));
        specs.addAll(attention.tensors());
        specs.add(feedForwardNorm.tensor());
        specs.addAll(feedForward.tensors());
        return specs;
    }

    @Override
    public List<LinearModule> modules() {
        return Stream.concat(attention.modules().stream(), feedForward.modules().stream())
                .toList();
    }

    @Override
    public Value apply(GraphBuilder b, Weights w, int layer, Value x, Rotary rotary, DecoderInputs in) {
        Value attended = b.add(x, attention.apply(b, w, layer, attentionNorm.apply(b, w, x), rotary, in));
        return b.add(attended, feedForward.apply(b, w, feedForwardNorm.apply(b, w, attended)));
    }
}
