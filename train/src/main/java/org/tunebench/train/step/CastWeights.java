package org.tunebench.train.step;

import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Weights;

/** Weights of another type, cast where the forward pass takes them. */
record CastWeights(GraphBuilder b, Weights weights, DType type) implements Weights {
    /** The weights themselves where they have the type already. */
    static Weights of(GraphBuilder b, Weights weights, DType type) {
        return weights.type() == type ? weights : new CastWeights(b, weights, type);
    }

    @Override
    public Value tensor(String name) {
        return b.cast(weights.tensor(name), type);
    }
}
