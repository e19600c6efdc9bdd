package org.tunebench.train.batch;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tunebench.train.recipe.Recipe;

/**
 * The optimizer steps of one epoch.
 *
 * @param firstRows the first row of each step, and the number of rows: {@code [steps + 1]}
 */
record EpochPlan(Rows rows, int[] firstRows) {
    private static final int BUCKET = 16;

    static EpochPlan of(Recipe recipe, TokenizedExamples examples, int[] order) {
        Rows rows = recipe.packing() ? Packer.pack(order, examples, recipe.maxLength()) : Rows.single(order);
        int[] firstRows = new int[rows.count() + 1];
        int steps = 0;
        int begun = 0;
        int longest = 0;
        for (int row = 0; row < rows.count(); row++) {
            int length = rows.row(row).map(examples::length).sum();
            int withIt = Math.max(longest, length);
            if (isFull(recipe, row - begun, withIt)) {
                firstRows[++steps] = row;
                begun = row;
                withIt = length;
            }
            longest = withIt;
        }
        if (rows.count() > 0) {
            firstRows[++steps] = rows.count();
        }
        return new EpochPlan(rows, Arrays.copyOf(firstRows, steps + 1));
    }

    int steps() {
        return firstRows.length - 1;
    }

    /** The examples of some rows. */
    int[] examples(int fromRow, int toRow) {
        return IntStream.range(fromRow, toRow).flatMap(rows::row).toArray();
    }

    /** The length of a batch: with packing always the longest, else the bucket of the longest row. */
    static int length(Recipe recipe, int longestRow) {
        if (recipe.packing()) {
            return recipe.maxLength();
        }
        return bucket(recipe, longestRow);
    }

    /** A length rounded up to a multiple of 16, so that few shapes come up. */
    static int bucket(Recipe recipe, int longestRow) {
        return Math.min(recipe.maxLength(), (longestRow + BUCKET - 1) / BUCKET * BUCKET);
    }

    /** Whether one more row, after which the longest has so many tokens, is too much for a step. */
    private static boolean isFull(Recipe recipe, int rows, int longestRow) {
        if (recipe.batchTokens() != null) {
            return rows > 0 && (long) (rows + 1) * length(recipe, longestRow) > recipe.batchTokens();
        }
        return recipe.batchSize() != null && rows == recipe.batchSize();
    }
}
