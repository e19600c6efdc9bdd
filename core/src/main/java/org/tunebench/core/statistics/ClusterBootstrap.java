package org.tunebench.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.tunebench.core.record.Metric;

/**
 * The percentile bootstrap of any statistic of items that come in clusters, such as ratings of one prompt: whole clusters
 * are drawn with replacement (Efron and Tibshirani 1993, chapter 13; Davison and Hinkley 1997, 3.8).
 */
public final class ClusterBootstrap {
    private ClusterBootstrap() {}

    /**
     * The statistic of each draw, in turn; draws for which it is not defined are left out.
     *
     * @param statistic of a resample, given as how often it holds each cluster
     */
    public static <T> List<T> replicates(int clusters, Draws draws, Function<int[], Optional<T>> statistic) {
        SplittableRandom random = new SplittableRandom(draws.seed());
        List<T> replicates = new ArrayList<>();
        for (int draw = 0; draw < draws.count(); draw++) {
            int[] times = new int[clusters];
            for (int i = 0; i < clusters; i++) {
                times[random.nextInt(clusters)]++;
            }
            statistic.apply(times).ifPresent(replicates::add);
        }
        return replicates;
    }

    /**
     * A statistic with the standard deviation of its replicates and their central 95 %; with neither where there is only
     * one cluster, or half of the draws left it undefined.
     */
    public static Metric estimate(double value, int clusters, Draws draws, Function<int[], OptionalDouble> statistic) {
        if (clusters < 2) {
            return new Metric(value, null, null);
        }
        List<Double> replicates = replicates(clusters, draws, times -> boxed(statistic.apply(times)));
        return replicates.size() * 2 < draws.count()
                ? new Metric(value, null, null)
                : estimate(value, replicates.stream().mapToDouble(r -> r).toArray());
    }

    /** A value with the spread of its replicates, two or more. */
    public static Metric estimate(double value, double[] replicates) {
        double[] sorted = replicates.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted).map(r -> (r - mean) * (r - mean)).sum();
        return new Metric(
                value,
                Math.sqrt(squares / (sorted.length - 1)),
                List.of(Bootstrap.quantile(sorted, 0.025), Bootstrap.quantile(sorted, 0.975)));
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
