package org.tunebench.core.model;

import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Root-mean-square normalisation over the last dimension (Zhang and Sennrich 2019).
 *
 * @param name of the module, e.g. {@code model.norm}
 * @param size of the last dimension
 * @param epsilon added under the root
 */
record RmsNorm(String name, long size, double epsilon) {

    TensorSpec tensor() {
        return TensorSpec.of(name + ".weight", size);
    }

    Value apply(GraphBuilder b, Weights weights, Value x) {
        return b.rmsNorm(x, weights.tensor(name + ".weight"), epsilon).get(0);
    }
}
