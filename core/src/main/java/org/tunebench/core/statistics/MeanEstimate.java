package org.tunebench.core.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;

/**
 * The mean of n scores and how far it can be trusted.
 *
 * @param stderr sample standard deviation / √n; absent for one score
 * @param ci95 95 % interval: Wilson's where every score is 0 or 1, else Student's t; absent where there is no stderr
 */
public record MeanEstimate(
        long n,
        double mean,
        @Nullable Double stderr,
        @Nullable Interval ci95) {
    private static final double ERROR_RATE = 0.05;

    /** Of scores, all of them finite; empty for none. */
    public static Optional<MeanEstimate> of(double[] scores) {
        if (scores.length == 0) {
            return Optional.empty();
        }
        int n = scores.length;
        double mean = Arrays.stream(scores).sum() / n;
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("scores with a mean of " + mean);
        }
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean);
        }
        Double stderr = n == 1 ? null : Math.sqrt(squares / (n - 1.0) / n);
        return Optional.of(new MeanEstimate(n, mean, stderr, interval(scores, mean, stderr)));
    }

    /**
     * Of groups of samples taken together, as the reference harness pools MMLU's subjects: the mean weighted by size, and
     * {@code √(Σ (n-1)·n·se² / (Σn - k) / Σn)} for k groups. Empty for none; without stderr where a group has none.
     */
    public static Optional<MeanEstimate> pooled(Collection<MeanEstimate> groups) {
        long n = groups.stream().mapToLong(MeanEstimate::n).sum();
        if (n == 0) {
            return Optional.empty();
        }
        double mean = groups.stream().mapToDouble(g -> g.mean() * g.n()).sum() / n;
        double squares = 0;
        for (MeanEstimate group : groups) {
            if (group.stderr() == null) {
                return Optional.of(new MeanEstimate(n, mean, null, null));
            }
            squares += (group.n() - 1.0) * group.n() * group.stderr() * group.stderr();
        }
        double stderr = Math.sqrt(squares / (n - groups.size()) / n);
        double reach = NormalDistribution.of(0, 1).inverseSurvivalProbability(ERROR_RATE / 2) * stderr;
        return Optional.of(new MeanEstimate(n, mean, stderr, new Interval(mean - reach, mean + reach)));
    }

    /** The form in which results.json holds it. */
    public Metric toMetric() {
        return new Metric(mean, stderr, ci95 == null ? null : List.of(ci95.lo(), ci95.hi()));
    }

    private static @Nullable Interval interval(double[] scores, double mean, @Nullable Double stderr) {
        if (Arrays.stream(scores).allMatch(s -> s == 0 || s == 1)) {
            return Interval.of(BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(
                    scores.length, (int) Arrays.stream(scores).sum(), ERROR_RATE));
        }
        if (stderr == null) {
            return null;
        }
        double reach = TDistribution.of(scores.length - 1.0).inverseSurvivalProbability(ERROR_RATE / 2) * stderr;
        return new Interval(mean - reach, mean + reach);
    }
}
