package org.tunebench.core.model;

import java.util.List;

/** Qwen3 (Yang et al. 2025; transformers' modeling_qwen3.py): a Llama that normalises every head's query and key. */
final class Qwen3 implements Family {
    @Override
    public String modelType() {
        return "qwen3";
    }

    @Override
    public Architecture read(ConfigKeys keys) {
        keys.require("num_key_value_heads", "head_dim");
        ModelConfig config = ModelConfig.read(keys, modelType());
        int intermediate = keys.positiveInt("intermediate_size");
        double epsilon = keys.positiveDouble("rms_norm_eps");
        boolean bias = keys.flag("attention_bias");
        keys.only("hidden_act", "silu");
        keys.ignore("attention_dropout");
        SlidingWindow.readSwitched(keys, config.contextLength());
        SelfAttention.Biases biases = new SelfAttention.Biases(bias, bias);
        return Decoder.rotary(
                config,
                RopeKeys.read(keys),
                epsilon,
                prefix -> PreNormLayer.of(
                        prefix,
                        epsilon,
                        SelfAttention.of(
                                prefix + "self_attn.",
                                config,
                                biases,
                                List.of(
                                        RmsNorm.of(prefix + "self_attn.q_norm", config.headSize(), epsilon),
                                        RmsNorm.of(prefix + "self_attn.k_norm", config.headSize(), epsilon))),
                        GatedFeedForward.of(
                                prefix + "mlp.", config.hiddenSize(), intermediate, false, Activation.SILU)));
    }
}
