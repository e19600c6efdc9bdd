package org.tunebench.train.step;

import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Cross-entropy over the supervised tokens: {@code L = −Σ log p(t | t<)} of the concept paper, by sum. */
final class MaskedLoss {
    private MaskedLoss() {}

    /**
     * The sum over all supervised tokens of −log p, a scalar.
     *
     * @param logits [wanted, vocabulary]
     * @param targets [wanted], int64; −100 marks a row that is there for the shape only
     */
    static Value sum(GraphBuilder b, Value logits, Value targets) {
        Value supervised = b.greaterOrEqual(targets, b.scalar(DType.INT64, 0));
        Value safe = b.where(supervised, targets, b.scalar(DType.INT64, 0));
        Value logProbs = b.gatherElements(b.logSoftmax(logits, -1), b.unsqueeze(safe, 1), 1); // [wanted, 1]
        Value counted = b.mul(b.squeeze(logProbs, 1), b.cast(supervised, logits.type()));
        return b.neg(b.reduceSum(counted, false, 0));
    }
}
