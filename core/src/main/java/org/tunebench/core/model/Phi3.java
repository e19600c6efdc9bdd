package org.tunebench.core.model;

import java.util.List;

/**
 * Phi-3 (Abdin et al. 2024; transformers' modeling_phi3.py): a Llama whose queries, keys and values are one linear map, and
 * gate and up another.
 */
final class Phi3 implements Family {
    @Override
    public String modelType() {
        return "phi3";
    }

    @Override
    public Architecture read(ConfigKeys keys) {
        ModelConfig config = ModelConfig.read(keys, modelType());
        int intermediate = keys.positiveInt("intermediate_size");
        double epsilon = keys.positiveDouble("rms_norm_eps");
        keys.only("hidden_act", "silu");
        keys.only("attention_bias", false);
        keys.ignore("attention_dropout", "embd_pdrop", "resid_pdrop");
        keys.ignore("original_max_position_embeddings"); // only longrope, which is refused, reads it
        keys.ignore("auto_map");
        SlidingWindow.read(keys, config.contextLength(), config.contextLength());
        return Decoder.rotary(
                config,
                RopeKeys.read(keys),
                epsilon,
                prefix -> PreNormLayer.of(
                        prefix,
                        epsilon,
                        attention(prefix + "self_attn.", config),
                        feedForward(prefix + "mlp.", config.hiddenSize(), intermediate)));
    }

    private static SelfAttention attention(String prefix, ModelConfig c) {
        long queries = (long) c.heads() * c.headSize();
        long keyValues = (long) c.keyValueHeads() * c.headSize();
        LinearModule fused = LinearModule.of(prefix + "qkv_proj", queries + 2 * keyValues, c.hiddenSize(), false);
        return new SelfAttention(
                c,
                Projections.fused(fused, queries, keyValues, keyValues),
                LinearModule.of(prefix + "o_proj", c.hiddenSize(), queries, false),
                List.of(),
                Attention.scaled(c.headSize()));
    }

    private static GatedFeedForward feedForward(String prefix, long hidden, long intermediate) {
        LinearModule fused = LinearModule.of(prefix + "gate_up_proj", 2 * intermediate, hidden, false);
        return new GatedFeedForward(
                Projections.fused(fused, intermediate, intermediate),
                Activation.SILU,
                LinearModule.of(prefix + "down_proj", hidden, intermediate, false));
    }
}
