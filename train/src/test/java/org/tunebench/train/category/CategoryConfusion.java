package org.tunebench.train.category;

import java.util.Arrays;

/** True categories (rows) against predicted ones (columns). */
final class CategoryConfusion {
    private final int[][] counts = new int[Category.values().length][Category.values().length];

    void add(Category truth, Category predicted) {
        counts[truth.ordinal()][predicted.ordinal()]++;
    }

    double accuracy() {
        int right = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
        }
        return (double) right
                / Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format("accuracy %.3f%n", accuracy()));
        for (Category truth : Category.values()) {
            text.append(String.format("%-20s", truth.id()));
            for (int n : counts[truth.ordinal()]) {
                text.append(String.format("%5d", n));
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }
}
