package org.tunebench.train.step;

import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Cross-entropy over the supervised tokens: {@code L = −Σ w log p(t | t<)} of the concept paper, weighted. */
final class MaskedLoss {
    private MaskedLoss() {}

    /**
     * The weighted sum over all supervised tokens of −log p, a scalar.
     *
     * @param logits [wanted, vocabulary]
     * @param targets [wanted], int64
     * @param weights [wanted]; 0 marks a row that is there for the shape only
     */
    static Value sum(GraphBuilder b, Value logits, Value targets, Value weights) {
        Value logProbs = b.gatherElements(b.logSoftmax(logits, -1), b.unsqueeze(targets, 1), 1); // [wanted, 1]
        return b.neg(b.reduceSum(b.mul(b.squeeze(logProbs, 1), weights), false, 0));
    }
}
