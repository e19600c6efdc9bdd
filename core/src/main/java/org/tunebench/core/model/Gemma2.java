package org.tunebench.core.model;

import java.util.List;

/**
 * Gemma 2 (Gemma Team 2024; transformers' modeling_gemma2.py): norms around each part with scales stored around 1, embeddings
 * scaled by √hidden, GELU gates, soft caps on attention scores and logits.
 */
final class Gemma2 implements Family {
    @Override
    public String modelType() {
        return "gemma2";
    }

    @Override
    public Architecture read(ConfigKeys keys) {
        keys.require("num_key_value_heads", "head_dim", "query_pre_attn_scalar");
        keys.require("attn_logit_softcapping", "final_logit_softcapping");
        ModelConfig config = ModelConfig.read(keys, modelType(), true);
        int intermediate = keys.positiveInt("intermediate_size");
        double epsilon = keys.positiveDouble("rms_norm_eps");
        boolean bias = keys.flag("attention_bias");
        keys.only("hidden_activation", "gelu_pytorch_tanh");
        keys.only("hidden_act", "gelu_pytorch_tanh");
        keys.only("use_bidirectional_attention", false);
        keys.ignore(
                "attention_dropout",
                "cache_implementation",
                "sliding_window_size"); // the last is not read by transformers
        SlidingWindow.read(keys, config.contextLength(), 4096);
        Attention scores = new Attention(
                1 / Math.sqrt(keys.positiveDouble("query_pre_attn_scalar")),
                SoftCap.read(keys, "attn_logit_softcapping"));
        SelfAttention.Biases biases = new SelfAttention.Biases(bias, bias);

        Embedding embedding = new Embedding(config, "model.embed_tokens", null, Math.sqrt(config.hiddenSize()));
        Decoder.LayerOf layer = prefix -> new SandwichNormLayer(
                norm(prefix + "input_layernorm", config, epsilon),
                SelfAttention.of(prefix + "self_attn.", config, biases, List.of())
                        .with(scores),
                norm(prefix + "post_attention_layernorm", config, epsilon),
                norm(prefix + "pre_feedforward_layernorm", config, epsilon),
                GatedFeedForward.of(prefix + "mlp.", config.hiddenSize(), intermediate, false, Activation.GELU_TANH),
                norm(prefix + "post_feedforward_layernorm", config, epsilon));
        return new Decoder(
                embedding,
                RopeKeys.read(keys),
                Decoder.layers(config, "model.layers.", layer),
                norm("model.norm", config, epsilon),
                OutputProjection.of(embedding, SoftCap.read(keys, "final_logit_softcapping")));
    }

    private static RmsNorm norm(String name, ModelConfig config, double epsilon) {
        return new RmsNorm(name, config.hiddenSize(), epsilon, true);
    }
}
