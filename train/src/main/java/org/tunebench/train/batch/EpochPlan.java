package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.train.recipe.Recipe;

/** The optimizer steps of one epoch: for each step its rows, for each row its examples, all as indices. */
record EpochPlan(List<List<List<Integer>>> steps) {
    private static final int BUCKET = 16;

    static EpochPlan of(Recipe recipe, List<TokenizedExample> examples, int[] order) {
        List<List<Integer>> rows = new ArrayList<>();
        if (recipe.packing()) {
            rows.addAll(Packer.pack(order, examples, recipe.maxLength()));
        } else {
            for (int index : order) {
                rows.add(List.of(index));
            }
        }
        List<List<List<Integer>>> steps = new ArrayList<>();
        List<List<Integer>> open = new ArrayList<>();
        int longest = 0;
        for (List<Integer> row : rows) {
            int length = row.stream().mapToInt(i -> examples.get(i).length()).sum();
            int withIt = Math.max(longest, length);
            if (isFull(recipe, open.size(), withIt)) {
                steps.add(open);
                open = new ArrayList<>();
                withIt = length;
            }
            open.add(row);
            longest = withIt;
        }
        if (!open.isEmpty()) {
            steps.add(open);
        }
        return new EpochPlan(steps);
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
