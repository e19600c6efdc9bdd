package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Self-attention where a group of query heads shares one key-value head.
 *
 * @param inputs [..., hidden] → queries [..., heads · size], keys and values [..., key-value heads · size]
 * @param output [..., heads · size] → [..., hidden]
 * @param headNorms of queries and keys, over each head; none or two
 * @param scores how queries and keys are weighed
 */
record SelfAttention(
        ModelConfig config, Projections inputs, LinearModule output, List<Norm> headNorms, Attention scores) {
    SelfAttention {
        headNorms = List.copyOf(headNorms);
    }

    /** Which of the linear maps have a bias. */
    record Biases(boolean inputs, boolean output) {
        static final Biases NONE = new Biases(false, false);
    }

    /** With four modules under a prefix, e.g. {@code model.layers.0.self_attn.}. */
    static SelfAttention of(String prefix, ModelConfig c, Biases biases, List<Norm> headNorms) {
        long queries = (long) c.heads() * c.headSize();
        long keyValues = (long) c.keyValueHeads() * c.headSize();
        Projections inputs = Projections.separate(
                LinearModule.of(prefix + "q_proj", queries, c.hiddenSize(), biases.inputs()),
                LinearModule.of(prefix + "k_proj", keyValues, c.hiddenSize(), biases.inputs()),
                LinearModule.of(prefix + "v_proj", keyValues, c.hiddenSize(), biases.inputs()));
        LinearModule output = LinearModule.of(prefix + "o_proj", c.hiddenSize(), queries, biases.output());
        return new SelfAttention(c, inputs, output, headNorms, Attention.scaled(c.headSize()));
    }

    /** The same with queries and keys weighed another way. */
    SelfAttention with(Attention scores) {
        return new SelfAttention(config, inputs, output, headNorms, scores);
    }

    List<LinearModule> modules() {
        List<LinearModule> modules = new ArrayList<>(inputs.modules());
        modules.add(output);
        return modules;
    }

    List<TensorSpec> tensors() {
        return Stream.concat(
                        modules().stream().flatMap(m -> m.tensors().stream()),
                        headNorms.stream().flatMap(n -> n.tensors().stream()))
                .toList();
    }

    /** [batch, time, hidden] → the same. */
    Value apply(GraphBuilder b, Weights w, int layer, Value x, HeadPositions positions, DecoderInputs in) {
        List<Value> parts = inputs.apply(b, w, x);
        Value queries = Attention.heads(b, parts.get(0), config.heads());
        Value keys = Attention.heads(b, parts.get(1), config.keyValueHeads());
        Value values = Attention.heads(b, parts.get(2), config.keyValueHeads());
        if (!headNorms.isEmpty()) {
            queries = headNorms.get(0).apply(b, w, queries);
            keys = headNorms.get(1).apply(b, w, keys);
        }
        KeyValues.Pair attended = in.keyValues().attended(layer, positions.apply(b, keys), values);
        Value mixed = scores.attend(b, positions.apply(b, queries), attended, in.mask());
        return output.apply(b, w, Attention.joined(b, mixed));
    }
}
