package org.tunebench.core.statistics;

import java.util.OptionalDouble;

/**
 * Krippendorff's alpha, {@code 1 - observed / expected disagreement}: any number of raters, ratings may be missing. 1 is
 * perfect agreement, 0 what chance gives; Krippendorff asks for .8, and for .667 where conclusions are tentative
 * (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011).
 *
 * <p>It is computed from a coincidence matrix, (categories, categories), which is a sum over units; so those of several
 * units, or of resampled ones, are added.
 */
public final class KrippendorffAlpha {
    private KrippendorffAlpha() {}

    /** What differences between categories mean. */
    public enum Level {
        /** Two categories are equal or not. */
        NOMINAL,
        /** They have an order; a step counts by the ratings that lie between. */
        ORDINAL,
        /** Their difference is a distance. */
        INTERVAL
    }

    /**
     * Adds a unit's coincidences to a matrix, {@code times} over: each ordered pair of its ratings counts
     * {@code 1 / (ratings - 1)}. A unit with fewer than two ratings adds nothing.
     *
     * @param ratings of the unit, each from 0 to categories - 1
     */
    public static void addCoincidences(int[] ratings, double times, double[][] matrix) {
        for (int i = 0; i < ratings.length; i++) {
            for (int j = 0; j < ratings.length; j++) {
                if (i != j) {
                    matrix[ratings[i]][ratings[j]] += times / (ratings.length - 1);
                }
            }
        }
    }

    /** Of a coincidence matrix; empty where nothing can be compared, or only one category was ever used. */
    public static OptionalDouble of(double[][] coincidences, Level level) {
        int categories = coincidences.length;
        double[] marginals = new double[categories];
        double n = 0;
        for (int c = 0; c < categories; c++) {
            for (double count : coincidences[c]) {
                marginals[c] += count;
                n += count;
            }
        }
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < categories; c++) {
            for (int k = 0; k < categories; k++) {
                double difference = difference(marginals, c, k, level);
                observed += coincidences[c][k] * difference;
                expected += marginals[c] * marginals[k] * difference;
            }
        }
        return expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - (n - 1) * observed / expected);
    }

    private static double difference(double[] marginals, int c, int k, Level level) {
        return switch (level) {
            case NOMINAL -> c == k ? 0 : 1;
            case INTERVAL -> (double) (c - k) * (c - k);
            case ORDINAL -> {
                double between = -(marginals[c] + marginals[k]) / 2;
                for (int g = Math.min(c, k); g <= Math.max(c, k); g++) {
                    between += marginals[g];
                }
                yield between * between;
            }
        };
    }
}
