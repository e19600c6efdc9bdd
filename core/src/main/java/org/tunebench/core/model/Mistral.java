package org.tunebench.core.model;

import java.util.List;

/** Mistral (Jiang et al. 2023; transformers' modeling_mistral.py): a Llama without biases, at times with a window. */
final class Mistral implements Family {
    @Override
    public String modelType() {
        return "mistral";
    }

    @Override
    public Architecture read(ConfigKeys keys) {
        keys.require("num_key_value_heads");
        ModelConfig config = ModelConfig.read(keys, modelType());
        int intermediate = keys.positiveInt("intermediate_size");
        double epsilon = keys.positiveDouble("rms_norm_eps");
        keys.only("hidden_act", "silu");
        keys.ignore("attention_dropout");
        SlidingWindow.read(keys, config.contextLength(), 4096);
        return Decoder.rotary(
                config,
                RopeKeys.read(keys),
                epsilon,
                prefix -> PreNormLayer.of(
                        prefix,
                        epsilon,
                        SelfAttention.of(prefix + "self_attn.", config, SelfAttention.Biases.NONE, List.of()),
                        GatedFeedForward.of(
                                prefix + "mlp.", config.hiddenSize(), intermediate, false, Activation.SILU)));
    }
}
