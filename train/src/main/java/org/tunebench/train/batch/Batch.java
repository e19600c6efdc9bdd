package org.tunebench.train.batch;

import java.util.Arrays;

/**
 * One micro-batch, row-major {@code [rows, length]}.
 *
 * @param ids token ids; 0 where there is padding
 * @param positions counted from 0 within each example
 * @param segments 1, 2, 3, … for the examples of a row, 0 for padding: a token attends to earlier ones of its own segment
 * @param labels the id of the next token where that token is supervised and of the same segment, else {@link #IGNORED}
 *     (already shifted: the loss compares logits and label of the same index)
 * @param supervisedTokens labels that are not {@link #IGNORED}
 * @param realTokens positions that are not padding
 */
public record Batch(
        int rows,
        int length,
        long[] ids,
        long[] positions,
        long[] segments,
        long[] labels,
        int supervisedTokens,
        int realTokens) {

    /** The label of a position that the loss leaves out. */
    public static final long IGNORED = -100;

    /** Rows of examples, with rows of padding after them. */
    static Batch of(Iterable<Row> filled, int rows, int length) {
        int size = rows * length;
        long[] ids = new long[size];
        long[] positions = new long[size];
        long[] segments = new long[size];
        long[] labels = new long[size];
        Arrays.fill(labels, IGNORED);
        int supervised = 0;
        int real = 0;
        int rowStart = 0;
        for (Row row : filled) {
            int at = rowStart;
            int segment = 0;
            for (TokenizedExample example : row.examples()) {
                segment++;
                for (int i = 0; i < example.length(); i++, at++) {
                    ids[at] = example.ids()[i];
                    positions[at] = i;
                    segments[at] = segment;
                    if (i + 1 < example.length() && example.supervised()[i + 1]) {
                        labels[at] = example.ids()[i + 1];
                        supervised++;
                    }
                }
            }
            real += at - rowStart;
            rowStart += length;
        }
        return new Batch(rows, length, ids, positions, segments, labels, supervised, real);
    }
}
