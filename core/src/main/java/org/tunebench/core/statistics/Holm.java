package org.tunebench.core.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction for many comparisons: keeps the chance of any false difference among them at the level asked for. */
public final class Holm {
    private Holm() {}

    /**
     * Adjusted p values in the order given: the i-th smallest of m is multiplied by m - i + 1, then raised to its
     * predecessor's, then cut at 1 (Holm 1979, Scandinavian Journal of Statistics 6).
     */
    public static double[] adjust(double[] p) {
        List<Integer> order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int rank = 0; rank < p.length; rank++) {
            int i = order.get(rank);
            largest = Math.max(largest, Math.min(1, p[i] * (p.length - rank)));
            adjusted[i] = largest;
        }
        return adjusted;
    }
}
