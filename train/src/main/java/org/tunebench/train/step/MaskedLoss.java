package org.tunebench.train.step;

import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Cross-entropy over the supervised tokens: {@code L = −Σ w log p(t | t<)} of the concept paper, weighted.
 *
 * @param sum L, a scalar
 * @param logits [wanted, vocabulary]
 * @param logProbs of the whole vocabulary, [wanted, vocabulary]
 * @param targets [wanted, 1], int64
 * @param weights [wanted, 1]; 0 marks a row that is there for the shape only
 */
record MaskedLoss(Value sum, Value logits, Value logProbs, Value targets, Value weights) {

    /** The loss of logits [wanted, vocabulary], targets [wanted] and weights [wanted]. */
    static MaskedLoss of(GraphBuilder b, Value logits, Value targets, Value weights) {
        Value logProbs = b.logSoftmax(logits, -1);
        Value indices = b.unsqueeze(targets, 1);
        Value column = b.unsqueeze(weights, 1);
        Value losses = b.mul(b.gatherElements(logProbs, indices, 1), column); // [wanted, 1]
        return new MaskedLoss(b.neg(b.reduceSum(losses, false, 0, 1)), logits, logProbs, indices, column);
    }

    /**
     * The gradient with respect to the logits, {@code w (softmax − 1 at the target)}: three passes over the vocabulary, where
     * the operators' own rules take seven.
     */
    Value logitsGradient(GraphBuilder b) {
        Value shares = b.mul(b.exp(logProbs), weights);
        return b.scatterElementsAdd(shares, targets, b.neg(weights), 1);
    }
}
