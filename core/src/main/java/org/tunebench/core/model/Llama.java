package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Llama (Touvron et al. 2023; transformers' modeling_llama.py): RMSNorm before each part, rotary positions, grouped-query
 * attention, SwiGLU, an output projection of its own or tied to the embedding.
 */
final class Llama implements Family {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String FINAL_NORM = "model.norm.weight";

    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public ModelConfig read(ConfigKeys keys) {
        int hidden = keys.positiveInt("hidden_size");
        int heads = keys.positiveInt("num_attention_heads");
        keys.only("hidden_act", "silu");
        keys.only("pretraining_tp", 1);
        keys.only("attention_dropout", 0.0);
        return new ModelConfig(
                modelType(),
                hidden,
                keys.positiveInt("num_hidden_layers"),
                heads,
                keys.positiveInt("num_key_value_heads", heads),
                keys.positiveInt("head_dim", hidden / heads),
                keys.positiveInt("intermediate_size"),
                keys.positiveInt("vocab_size"),
                keys.positiveDouble("rms_norm_eps"),
                RopeKeys.read(keys),
                keys.positiveInt("max_position_embeddings"),
                keys.flag("tie_word_embeddings"),
                keys.flag("attention_bias"),
                keys.flag("mlp_bias"),
                keys.ids("bos_token_id"),
                keys.ids("eos_token_id"));
    }

    @Override
    public List<TensorSpec> tensors(ModelConfig c) {
        long hidden = c.hiddenSize();
        long queries = (long) c.heads() * c.headSize();
        long keyValues = (long) c.keyValueHeads() * c.headSize();
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(TensorSpec.of(EMBEDDING, c.vocabularySize(), hidden));
        for (int layer = 0; layer < c.layers(); layer++) {
            String p = prefix(layer);
            specs.add(TensorSpec.of(p + "input_layernorm.weight", hidden));
            linear(specs, p + "self_attn.q_proj", queries, hidden, c.attentionBias());
            linear(specs, p + "self_attn.k_proj", keyValues, hidden, c.attentionBias());
            linear(specs, p + "self_attn.v_proj", keyValues, hidden, c.attentionBias());
            linear(specs, p + "self_attn.o_proj", hidden, queries, c.attentionBias());
            specs.add(TensorSpec.of(p + "post_attention_layernorm.weight", hidden));
            linear(specs, p + "mlp.gate_proj", c.intermediateSize(), hidden, c.mlpBias());
            linear(specs, p + "mlp.up_proj", c.intermediateSize(), hidden, c.mlpBias());
            linear(specs, p + "mlp.down_proj", hidden, c.intermediateSize(), c.mlpBias());
        }
        specs.add(TensorSpec.of(FINAL_NORM, hidden));
        if (!c.tiedEmbeddings()) {
            specs.add(TensorSpec.of("lm_head.weight", c.vocabularySize(), hidden));
        }
        return specs;
    }

    @Override
    public List<String> linearModules() {
        return List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");
    }

    @Override
    public Value hidden(GraphBuilder b, ModelConfig c, Weights w, DecoderInputs in) {
        Rotary rotary = Rotary.of(b, c, in.positions(), w.type());
        Value x = b.gather(w.tensor(EMBEDDING), in.ids(), 0); // [batch, time, hidden]
        for (int layer = 0; layer < c.layers(); layer++) {
            Value normed = norm(b, c, w, prefix(layer) + "input_layernorm.weight", x);
            x = b.add(x, attention(b, c, w, layer, normed, rotary, in));
            normed = norm(b, c, w, prefix(layer) + "post_attention_layernorm.weight", x);
            x = b.add(x, feedForward(b, c, w, prefix(layer) + "mlp.", normed));
        }
        return norm(b, c, w, FINAL_NORM, x);
    }

    @Override
    public Value logits(GraphBuilder b, ModelConfig c, Weights w, Value hidden) {
        return c.tiedEmbeddings()
                ? b.matMul(hidden, w.tensor(EMBEDDING), false, true, 1)
                : w.linear(b, "lm_head", hidden);
    }

    private static Value attention(
            GraphBuilder b, ModelConfig c, Weights w, int layer, Value x, Rotary rotary, DecoderInputs in) {
        String p = prefix(layer) + "self_attn.";
        Value queries = Attention.heads(b, linear(b, w, p + "q_proj", x, c.attentionBias()), c.heads());
        Value keys = Attention.heads(b, linear(b, w, p + "k_proj", x, c.attentionBias()), c.keyValueHeads());
        Value values = Attention.heads(b, linear(b, w, p + "v_proj", x, c.attentionBias()), c.keyValueHeads());
        KeyValues.Pair attended = in.keyValues().attended(layer, rotary.apply(b, keys), values);
        Value mixed = Attention.attend(b, rotary.apply(b, queries), attended, in.mask());
        return linear(b, w, p + "o_proj", Attention.joined(b, mixed), c.attentionBias());
    }

    /** SwiGLU (Shazeer 2020): {@code down(silu(gate(x)) · up(x))} with {@code silu(g) = g · sigmoid(g)}. */
    private static Value feedForward(GraphBuilder b, ModelConfig c, Weights w, String p, Value x) {
        Value gate = linear(b, w, p + "gate_proj", x, c.mlpBias());
        Value up = linear(b, w, p + "up_proj", x, c.mlpBias());
        Value activated = b.mul(b.mul(gate, b.sigmoid(gate)), up);
        return linear(b, w, p + "down_proj", activated, c.mlpBias());
    }

    private static Value norm(GraphBuilder b, ModelConfig c, Weights w, String name, Value x) {
        return b.rmsNorm(x, w.tensor(name), c.normEpsilon()).get(0);
    }

    private static Value linear(GraphBuilder b, Weights w, String module, Value x, boolean bias) {
        Value product = w.linear(b, module, x);
        return bias ? b.add(product, w.tensor(module + ".bias")) : product;
    }

    private static void linear(List<TensorSpec> specs, String module, long out, long in, boolean bias) {
        specs.add(TensorSpec.of(module + ".weight", out, in));
        if (bias) {
            specs.add(TensorSpec.of(module + ".bias", out));
        }
    }

    private static String prefix(int layer) {
        return "model.layers." + layer + ".";
    }
}
