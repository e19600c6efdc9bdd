package org.tunebench.core.model;

import java.nio.file.Path;
import java.util.List;
import org.tunebench.core.input.InputException;

/**
 * The numbers of a model, from config.json.
 *
 * @param modelType the family, e.g. {@code llama}
 * @param hiddenSize width of the residual stream
 * @param keyValueHeads divides {@code heads}
 * @param headSize components of one head, even
 * @param intermediateSize width inside the feed-forward part
 * @param normEpsilon added under the root of every RMSNorm
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
        int intermediateSize,
        int vocabularySize,
        double normEpsilon,
        Rope rope,
        int contextLength,
        boolean tiedEmbeddings,
        boolean attentionBias,
        boolean mlpBias,
        List<Integer> bosIds,
        List<Integer> eosIds) {
    private static final int MOST_LAYERS = 1000;

    public ModelConfig {
        if (heads % keyValueHeads != 0 || headSize % 2 != 0) {
            throw new IllegalArgumentException(heads + " heads over " + keyValueHeads + " key-value heads of size "
                    + headSize + "; expected a multiple and an even size");
        }
        if (layers > MOST_LAYERS) {
            throw new IllegalArgumentException(layers + " layers, expected at most " + MOST_LAYERS);
        }
        bosIds = List.copyOf(bosIds);
        eosIds = List.copyOf(eosIds);
    }

    /**
     * Reads config.json.
     *
     * @throws InputException for an unknown model_type, a wrong value, or a key that may change the numbers and is not
     *     supported
     */
    public static ModelConfig read(Path file) {
        ConfigKeys keys = ConfigKeys.open(file);
        Family family = Families.of(keys.string("model_type"), keys.where());
        try {
            ModelConfig config = family.read(keys);
            keys.refuseUnread();
            return config;
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), keys.where(), "Correct the file", e);
        }
    }
}
