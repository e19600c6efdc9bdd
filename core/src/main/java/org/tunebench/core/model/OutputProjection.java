package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Hidden states → a number for each token of the vocabulary.
 *
 * @param module [..., hidden] → [..., vocabulary]
 * @param tied whether its weight is that of the embedding
 * @param cap of the numbers
 */
record OutputProjection(LinearModule module, boolean tied, SoftCap cap) {

    /** The embedding's weight or {@code lm_head}, as the configuration says. */
    static OutputProjection of(Embedding embedding, SoftCap cap) {
        ModelConfig config = embedding.config();
        boolean tied = config.tiedEmbeddings();
        String name = tied ? embedding.tokens() : "lm_head";
        return new OutputProjection(
                LinearModule.of(name, config.vocabularySize(), config.hiddenSize(), false), tied, cap);
    }

    List<TensorSpec> tensors() {
        return tied ? List.of() : module.tensors();
    }

    Value apply(GraphBuilder b, Weights weights, Value hidden) {
        return cap.apply(b, module.apply(b, weights, hidden));
    }
}
