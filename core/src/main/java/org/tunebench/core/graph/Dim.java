package org.tunebench.core.graph;

import org.jspecify.annotations.Nullable;

/**
 * One dimension: a number known when the graph is built, or a symbol that stands for one length in the whole graph.
 *
 * @param size the number, or -1
 * @param symbol the name, or null
 */
public record Dim(long size, @Nullable String symbol) {
    public Dim {
        if ((symbol == null) == (size < 0)) {
            throw new IllegalArgumentException("a dimension is a size or a symbol, got " + size + " and " + symbol);
        }
    }

    public static Dim of(long size) {
        return new Dim(size, null);
    }

    public static Dim of(String symbol) {
        return new Dim(-1, symbol);
    }

    public boolean known() {
        return symbol == null;
    }

    /** The dimension a known number of times as long: a number, or a symbol such as {@code 3*time}. */
    public Dim times(long factor) {
        if (known()) {
            return of(Math.multiplyExact(size, factor));
        }
        return factor == 1 ? this : of(factor + "*" + symbol);
    }

    boolean isOne() {
        return size == 1;
    }

    @Override
    public String toString() {
        return symbol == null ? Long.toString(size) : symbol;
    }
}
