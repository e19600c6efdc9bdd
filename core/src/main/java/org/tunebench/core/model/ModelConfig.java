package org.tunebench.core.model;

import java.util.List;

/**
 * The numbers that every family has, from config.json.
 *
 * @param modelType the family, e.g. {@code llama}
 * @param hiddenSize width of the residual stream
 * @param keyValueHeads divides {@code heads}
 * @param headSize components of one head
 * @param contextLength most tokens a sequence may have
 * @param tiedEmbeddings whether the output projection is the embedding
 * @param bosIds beginning-of-sequence ids, may be empty
 * @param eosIds end-of-sequence ids, may be empty
 */
public record ModelConfig(
        String modelType,
        int hiddenSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int vocabularySize,
        int contextLength,
        boolean tiedEmbeddings,
        List<Integer> bosIds,
        List<Integer> eosIds) {
    private static final int MOST_LAYERS = 1000;

    public ModelConfig {
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    heads + " heads over " + keyValueHeads + " key-value heads; expected a multiple");
        }
        if (headSize < 1) {
            throw new IllegalArgumentException(
                    heads + " heads in a width of " + hiddenSize + "; expected at most that");
        }
        if (layers > MOST_LAYERS) {
            throw new IllegalArgumentException(layers + " layers, expected at most " + MOST_LAYERS);
        }
        bosIds = List.copyOf(bosIds);
        eosIds = List.copyOf(eosIds);
    }

    /** Reads the keys as Llama and its descendants name them. */
    static ModelConfig read(ConfigKeys keys, String modelType) {
        return read(keys, modelType, false);
    }

    /** @param tiedOtherwise what a left-out tie_word_embeddings means */
    static ModelConfig read(ConfigKeys keys, String modelType, boolean tiedOtherwise) {
        int hidden = keys.positiveInt("hidden_size");
        int heads = keys.positiveInt("num_attention_heads");
        return new ModelConfig(
                modelType,
                hidden,
                keys.positiveInt("num_hidden_layers"),
                heads,
                keys.positiveInt("num_key_value_heads", heads),
                keys.positiveInt("head_dim", hidden / heads),
                keys.positiveInt("vocab_size"),
                keys.positiveInt("max_position_embeddings"),
                keys.flag("tie_word_embeddings", tiedOtherwise),
                keys.ids("bos_token_id"),
                keys.ids("eos_token_id"));
    }
}
