package org.tunebench.core.model;

import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/**
 * Scaled dot-product attention where a group of query heads shares one key-value head (Ainslie et al. 2023).
 *
 * @param scale of the products of queries and keys
 * @param cap of the scaled products
 */
record Attention(double scale, SoftCap cap) {

    /** With the usual scale of 1 / √size. */
    static Attention scaled(int headSize) {
        return new Attention(1 / Math.sqrt(headSize), SoftCap.NONE);
    }

    /** [batch, time, heads · size] → [batch, heads, time, size]. */
    static Value heads(GraphBuilder b, Value x, int heads) {
        long size = x.dim(2).size() / heads;
        return b.transpose(b.reshape(x, Shape.of(x.dim(0), x.dim(1), heads, size)), 0, 2, 1, 3);
    }

    /** [batch, heads, time, size] → [batch, time, heads · size]. */
    static Value joined(GraphBuilder b, Value x) {
        long width = x.dim(1).size() * x.dim(3).size();
        return b.reshape(b.transpose(x, 0, 2, 1, 3), Shape.of(x.dim(0), x.dim(2), width));
    }

    /**
     * The queries of a group are laid one after the other along time, so keys and values are never repeated.
     *
     * @param queries [batch, heads, time, size]
     * @param attended keys and values [batch, key-value heads, span, size]
     * @param mask [batch or 1, 1, time, span]
     * @return [batch, heads, time, size]
     */
    Value attend(GraphBuilder b, Value queries, KeyValues.Pair attended, Value mask) {
        Dim batch = queries.dim(0);
        Dim heads = queries.dim(1);
        Dim time = queries.dim(2);
        Dim size = queries.dim(3);
        Value keys = attended.keys();
        Dim groups = keys.dim(1);
        Dim span = keys.dim(2);
        Dim grouped = time.times(heads.size() / groups.size());

        Value grouping = b.reshape(queries, Shape.of(batch, groups, grouped, size));
        Value scores = b.matMul(grouping, keys, false, true, scale);
        Value capped = cap.apply(b, b.reshape(scores, Shape.of(batch, heads, time, span)));
        Value masked = b.add(capped, mask);
        Value shares = b.reshape(b.softmax(masked, -1), Shape.of(batch, groups, grouped, span));
        return b.reshape(b.matMul(shares, attended.values()), Shape.of(batch, heads, time, size));
    }
}
