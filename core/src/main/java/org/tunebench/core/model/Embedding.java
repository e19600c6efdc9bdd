package org.tunebench.core.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Token ids → the residual stream.
 *
 * @param tokens name of the module with a row for each token, e.g. {@code model.embed_tokens}
 * @param positions name of the module with a row for each position, added to the token's; null without
 * @param scale of the tokens' rows
 */
record Embedding(
        ModelConfig config, String tokens, @Nullable String positions, double scale) {
    /** Rows as they are, positions left to the layers. */
    static Embedding ofTokens(ModelConfig config, String tokens) {
        return new Embedding(config, tokens, null, 1);
    }

    /** The tokens' rows come first. */
    List<TensorSpec> tensors() {
        return Stream.of(
                        TensorSpec.of(tokens + ".weight", config.vocabularySize(), config.hiddenSize()),
                        positions == null
                                ? null
                                : TensorSpec.of(positions + ".weight", config.contextLength(), config.hiddenSize()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** [batch, time, hidden]. */
    Value apply(GraphBuilder b, Weights weights, DecoderInputs in) {
        Value rows = b.gather(weights.tensor(tokens + ".weight"), in.ids(), 0);
        if (scale != 1) {
            rows = b.mul(rows, b.scalar(rows.type(), scale));
        }
        return positions == null
                ? rows
                : b.add(rows, b.gather(weights.tensor(positions + ".weight"), in.positions(), 0));
    }
}
