package org.tunebench.core.model;

import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Additive attention masks [batch, 1, time, time]: 0 where a query may look, −1e30 where it may not. */
public final class Masks {
    private static final double HIDDEN = -1e30;

    private Masks() {}

    /**
     * Each token sees itself and the earlier tokens of its own segment: packed sequences do not see each other.
     *
     * @param segments [batch, time], int64
     */
    public static Value causal(GraphBuilder b, Value segments, DType type) {
        return additive(b, b.and(earlier(b, segments), sameSegment(b, segments)), type);
    }

    /**
     * Each token sees itself and the earlier tokens of its own segment and of segment 0: several continuations of one
     * context side by side, each blind to the others.
     *
     * @param segments [batch, time], int64, 0 for the context
     */
    public static Value tree(GraphBuilder b, Value segments, DType type) {
        Value context = b.equal(b.unsqueeze(segments, 1, 2), b.scalar(DType.INT64, 0));
        Value seen = b.or(sameSegment(b, segments), context);
        return additive(b, b.and(earlier(b, segments), seen), type);
    }

    /** 0 where a condition holds, −1e30 elsewhere. */
    public static Value additive(GraphBuilder b, Value visible, DType type) {
        return b.where(visible, b.scalar(type, 0), b.scalar(type, HIDDEN));
    }

    private static Value earlier(GraphBuilder b, Value segments) {
        Dim time = segments.dim(1);
        Value order = b.range(b.dimOf(segments, 1), time);
        return b.lessOrEqual(b.unsqueeze(order, 0), b.unsqueeze(order, 1)); // [time, time]: key ≤ query
    }

    private static Value sameSegment(GraphBuilder b, Value segments) {
        return b.equal(b.unsqueeze(segments, 1, 3), b.unsqueeze(segments, 1, 2)); // [batch, 1, time, time]
    }
}
