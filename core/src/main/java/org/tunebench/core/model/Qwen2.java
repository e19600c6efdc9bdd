package org.tunebench.core.model;

import java.util.List;

/** Qwen2 and 2.5 (Yang et al. 2024; transformers' modeling_qwen2.py): a Llama with biases of queries, keys and values. */
final class Qwen2 implements Family {
    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public Architecture read(ConfigKeys keys) {
        keys.require("num_key_value_heads");
        ModelConfig config = ModelConfig.read(keys, modelType());
        int intermediate = keys.positiveInt("intermediate_size");
        double epsilon = keys.positiveDouble("rms_norm_eps");
        keys.only("hidden_act", "silu");
        keys.only("use_mrope", false);
        keys.ignore("attention_dropout");
        SlidingWindow.readSwitched(keys, config.contextLength());
        SelfAttention.Biases biases = new SelfAttention.Biases(true, false);
        return Decoder.rotary(
                config,
                RopeKeys.read(keys),
                epsilon,
                prefix -> PreNormLayer.of(
                        prefix,
                        epsilon,
                        SelfAttention.of(prefix + "self_attn.", config, biases, List.of()),
                        GatedFeedForward.of(
                                prefix + "mlp.", config.hiddenSize(), intermediate, false, Activation.SILU)));
    }
}
