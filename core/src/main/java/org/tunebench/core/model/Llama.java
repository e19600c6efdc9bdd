package org.tunebench.core.model;

import java.util.List;

/**
 * Llama 1 to 3.x and what was built after it, e.g. TinyLlama and SmolLM2 (Touvron et al. 2023; transformers'
 * modeling_llama.py): RMSNorm before each part, rotary positions, grouped-query attention, SwiGLU.
 */
final class Llama implements Family {
    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public Architecture read(ConfigKeys keys) {
        ModelConfig config = ModelConfig.read(keys, modelType());
        int intermediate = keys.positiveInt("intermediate_size");
        double epsilon = keys.positiveDouble("rms_norm_eps");
        boolean attentionBias = keys.flag("attention_bias");
        boolean feedForwardBias = keys.flag("mlp_bias");
        keys.only("hidden_act", "silu");
        keys.only("pretraining_tp", 1);
        keys.ignore("attention_dropout");
        SelfAttention.Biases biases = new SelfAttention.Biases(attentionBias, attentionBias);
        return Decoder.rotary(
                config,
                RopeKeys.read(keys),
                epsilon,
                prefix -> PreNormLayer.of(
                        prefix,
                        epsilon,
                        SelfAttention.of(prefix + "self_attn.", config, biases, List.of()),
                        GatedFeedForward.of(
                                prefix + "mlp.", config.hiddenSize(), intermediate, feedForwardBias, Activation.SILU)));
    }
}
