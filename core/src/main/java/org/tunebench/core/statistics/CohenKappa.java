package org.tunebench.core.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Cohen's kappa of two raters on the same units, {@code 1 - observed / expected disagreement} (Cohen 1960,
 * doi:10.1177/001316446002000104; weighted: Cohen 1968, doi:10.1037/h0026256).
 */
public final class CohenKappa {
    private CohenKappa() {}

    /** How much a disagreement counts. */
    public enum Weights {
        /** Every one the same. */
        NONE,
        /** By the distance of the two ratings. */
        LINEAR,
        /** By its square. */
        QUADRATIC
    }

    /**
     * Of two raters' ratings, unit by unit in the same order; empty for no units and where both give one and the same
     * rating throughout.
     *
     * @throws IllegalArgumentException where the lengths differ
     */
    public static OptionalDouble of(int[] first, int[] second, Weights weights) {
        int n = sameLength(first, second);
        double observed = 0;
        double expected = 0;
        for (int i = 0; i < n; i++) {
            observed += weight(first[i], second[i], weights);
            for (int j = 0; j < n; j++) {
                expected += weight(first[i], second[j], weights);
            }
        }
        return expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - n * observed / expected);
    }

    /** Share of units that both give the same rating; empty for no units. */
    public static OptionalDouble agreement(int[] first, int[] second) {
        int n = sameLength(first, second);
        int same = 0;
        for (int i = 0; i < n; i++) {
            same += first[i] == second[i] ? 1 : 0;
        }
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) same / n);
    }

    private static int sameLength(int[] first, int[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    Arrays.toString(new int[] {first.length, second.length}) + " ratings, expected as many of both");
        }
        return first.length;
    }

    private static double weight(int a, int b, Weights weights) {
        return switch (weights) {
            case NONE -> a == b ? 0 : 1;
            case LINEAR -> Math.abs(a - b);
            case QUADRATIC -> (double) (a - b) * (a - b);
        };
    }
}
