package org.tunebench.core.model;

import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Additive attention masks [batch, 1, time, span]: 0 where a query may look, −1e30 where it may not. */
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
     * Tokens laid out as a tree, each before those below it, after a past that all of them see: a key is seen by itself and
     * by what is below it, that is by the queries from its own place to before the end of its subtree.
     *
     * @param ends [batch, span], int64, for every key the end of its subtree, counted as keys are
     * @param queries how many of the last keys are queries, an int64 scalar
     * @param time the queries' dimension
     */
    public static Value tree(GraphBuilder b, Value ends, Value queries, Dim time, DType type) {
        Value span = b.dimOf(ends, 1);
        Value keys = b.range(span, ends.dim(1));
        Value places = b.unsqueeze(b.add(b.range(queries, time), b.sub(span, queries)), 1); // [time, 1]
        Value earlier = b.lessOrEqual(b.unsqueeze(keys, 0), places); // [time, span]
        Value below = b.less(b.unsqueeze(places, 0, 1), b.unsqueeze(ends, 1, 2)); // [batch, 1, time, span]
        return additive(b, b.and(earlier, below), type);
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
