package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.input.KnownNames;

/**
 * GPT-2 (Radford et al. 2019; transformers' modeling_gpt2.py): learned positions, LayerNorm before each part, queries, keys
 * and values in one linear map, weights stored input first, GELU, a tied head.
 */
final class Gpt2 implements Family {
    @Override
    public String modelType() {
        return "gpt2";
    }

    @Override
    public Architecture read(ConfigKeys keys) {
        ModelConfig config = config(keys);
        int intermediate = keys.positiveInt("n_inner", 4 * config.hiddenSize());
        double epsilon = keys.positiveDouble("layer_norm_epsilon");
        String activation = keys.string("activation_function");
        KnownNames.require("activation_function", activation, List.of("gelu_new", "gelu_pytorch_tanh"), keys.where());
        double scale = keys.flag("scale_attn_weights", true) ? 1 / Math.sqrt(config.headSize()) : 1;
        keys.only("scale_attn_by_inverse_layer_idx", false);
        keys.only("reorder_and_upcast_attn", false);
        keys.only("add_cross_attention", false);
        keys.ignore("attn_pdrop", "embd_pdrop", "resid_pdrop");
        keys.ignore("n_ctx", "gradient_checkpointing", "task_specific_params", "id2label", "label2id");
        keys.ignore("summary_type", "summary_use_proj", "summary_activation", "summary_proj_to_labels");
        keys.ignore("summary_first_dropout", "n_special", "predict_special_tokens", "output_past");

        Embedding embedding = new Embedding(config, "transformer.wte", "transformer.wpe", 1);
        Decoder.LayerOf layer = prefix -> new PreNormLayer(
                new LayerNorm(prefix + "ln_1", config.hiddenSize(), epsilon),
                attention(prefix + "attn.", config, new Attention(scale, SoftCap.NONE)),
                new LayerNorm(prefix + "ln_2", config.hiddenSize(), epsilon),
                new PlainFeedForward(
                        linear(prefix + "mlp.c_fc", intermediate, config.hiddenSize()),
                        Activation.GELU_TANH,
                        linear(prefix + "mlp.c_proj", config.hiddenSize(), intermediate)));
        return new Decoder(
                embedding,
                null,
                Decoder.layers(config, "transformer.h.", layer),
                new LayerNorm("transformer.ln_f", config.hiddenSize(), epsilon),
                OutputProjection.of(embedding, SoftCap.NONE));
    }

    private ModelConfig config(ConfigKeys keys) {
        int hidden = keys.positiveInt("n_embd");
        int heads = keys.positiveInt("n_head");
        if (hidden % heads != 0) {
            throw keys.wrong("n_embd", hidden, "a multiple of n_head, " + heads);
        }
        return new ModelConfig(
                modelType(),
                hidden,
                keys.positiveInt("n_layer"),
                heads,
                heads,
                hidden / heads,
                keys.positiveInt("vocab_size"),
                keys.positiveInt("n_positions"),
                keys.flag("tie_word_embeddings", true),
                keys.ids("bos_token_id"),
                keys.ids("eos_token_id"));
    }

    private static SelfAttention attention(String prefix, ModelConfig c, Attention scores) {
        long hidden = c.hiddenSize();
        return new SelfAttention(
                c,
                Projections.fused(linear(prefix + "c_attn", 3 * hidden, hidden), hidden, hidden, hidden),
                linear(prefix + "c_proj", hidden, hidden),
                List.of(),
                scores);
    }

    /** What GPT-2 calls Conv1D. */
    private static LinearModule linear(String name, long out, long in) {
        return new LinearModule(name, out, in, true, true);
    }
}
