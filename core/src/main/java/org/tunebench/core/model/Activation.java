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
    },
    /** {@code x · Φ(x)}, Φ of the normal distribution, by its tanh approximation (Hendrycks and Gimpel 2016). */
    GELU_TANH {
        @Override
        Value of(GraphBuilder b, Value x) {
            return b.geluTanh(x);
        }
    };

    abstract Value of(GraphBuilder b, Value x);
}
