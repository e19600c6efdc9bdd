package org.tunebench.core.statistics;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Fleiss' kappa: agreement of several raters beyond chance, where every unit has the same number of ratings (Fleiss 1971,
 * doi:10.1037/h0031619).
 */
public final class FleissKappa {
    private FleissKappa() {}

    /**
     * Of units' counts by category; empty for no units, for one rating a unit, and where only one category was ever used.
     *
     * @param counts (units, categories): how many raters chose it
     * @throws IllegalArgumentException where units differ in their number of ratings
     */
    public static OptionalDouble of(List<int[]> counts) {
        if (counts.isEmpty()) {
            return OptionalDouble.empty();
        }
        int raters = sum(counts.get(0));
        double[] totals = new double[counts.get(0).length];
        double agreeing = 0;
        for (int[] unit : counts) {
            if (sum(unit) != raters) {
                throw new IllegalArgumentException(sum(unit) + " ratings of a unit, " + raters + " of another");
            }
            for (int c = 0; c < unit.length; c++) {
                totals[c] += unit[c];
                agreeing += (double) unit[c] * (unit[c] - 1);
            }
        }
        double ratings = (double) counts.size() * raters;
        double expected = 0;
        for (double total : totals) {
            expected += (total / ratings) * (total / ratings);
        }
        if (raters < 2 || expected == 1) {
            return OptionalDouble.empty();
        }
        double observed = agreeing / (ratings * (raters - 1));
        return OptionalDouble.of((observed - expected) / (1 - expected));
    }

    private static int sum(int[] values) {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
