package org.tunebench.core.model;

import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** What a feed-forward part puts between its linear maps, element by element. */
enum Activation {
    /** {@code x · sigmoid(x)} (Elfwing et al. 2017). */
    SILU {
        @Override
        Value of(GraphBuilder b, Value x) {
            return b.mul(x, b.sigmoid(x));
        }
    };

    abstract Value of(GraphBuilder b, Value x);
}
