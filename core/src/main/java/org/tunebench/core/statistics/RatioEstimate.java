package org.tunebench.core.statistics;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;

/**
 * The ratio of two sums over clusters: log-likelihoods over tokens by document, ratings over their number by question. Its
 * standard error is the linearised one, {@code sqrt(k/(k-1) · Σ (y - r·w)²) / Σ w} over k clusters (Cochran, Sampling
 * Techniques, 6.4); its interval the ratio ± 1.96 standard errors.
 */
public final class RatioEstimate {
    /** The 97.5 % point of the standard normal distribution. */
    private static final double NORMAL_975 = 1.959963984540054;

    private RatioEstimate() {}

    /** Of at least one cluster; without standard error for one. */
    public static Metric of(double[] sums, double[] weights) {
        double weight = sum(weights);
        double ratio = sum(sums) / weight;
        int k = sums.length;
        if (k < 2) {
            return metric(ratio, null);
        }
        double squares = 0;
        for (int i = 0; i < k; i++) {
            double residual = sums[i] - ratio * weights[i];
            squares += residual * residual;
        }
        return metric(ratio, Math.sqrt(squares * k / (k - 1.0)) / weight);
    }

    /** A value with its interval; both absent without standard error. */
    public static Metric metric(double value, @Nullable Double stderr) {
        return new Metric(
                value,
                stderr,
                stderr == null ? null : List.of(value - NORMAL_975 * stderr, value + NORMAL_975 * stderr));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
