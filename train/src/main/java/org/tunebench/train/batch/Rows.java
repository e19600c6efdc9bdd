package org.tunebench.train.batch;

import java.util.stream.IntStream;

/**
 * Rows of examples.
 *
 * @param examples indices of the examples, row after row
 * @param starts where each row begins in them, and their number: {@code [rows + 1]}
 */
record Rows(int[] examples, int[] starts) {

    /** Every example in a row of its own. */
    static Rows single(int[] examples) {
        return new Rows(examples, IntStream.rangeClosed(0, examples.length).toArray());
    }

    int count() {
        return starts.length - 1;
    }

    /** Indices of a row's examples. */
    IntStream row(int row) {
        return IntStream.range(starts[row], starts[row + 1]).map(i -> examples[i]);
    }
}
