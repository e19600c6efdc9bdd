package org.tunebench.core.model;

import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Keeps numbers between −limit and limit: {@code limit · tanh(x / limit)} (Bello et al. 2016, used by Gemma 2).
 *
 * @param limit above 0; infinite for none
 */
record SoftCap(double limit) {
    static final SoftCap NONE = new SoftCap(Double.POSITIVE_INFINITY);

    /** As a key of config.json says; null there means none. */
    static SoftCap read(ConfigKeys keys, String key) {
        return new SoftCap(keys.positiveDouble(key, NONE.limit));
    }

    Value apply(GraphBuilder b, Value x) {
        return Double.isInfinite(limit)
                ? x
                : b.mul(b.tanh(b.mul(x, b.scalar(x.type(), 1 / limit))), b.scalar(x.type(), limit));
    }
}
