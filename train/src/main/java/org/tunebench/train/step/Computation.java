package org.tunebench.train.step;

import org.tunebench.core.graph.DType;
import org.tunebench.train.gradient.Differentiation;

/**
 * How a step's passes are computed.
 *
 * @param type of weights and activations; the state, the loss, sums of squares and rows added to the embedding's gradient
 *     have the state's type whatever this is
 */
record Computation(DType type, Differentiation way) {
    /** All in the state's type, everything kept. */
    static Computation plain(DType type) {
        return new Computation(type, Differentiation.PLAIN);
    }
}
