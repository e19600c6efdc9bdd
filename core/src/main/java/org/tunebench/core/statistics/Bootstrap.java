package org.tunebench.core.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What the mean would have been on other items like these: items drawn with replacement, from a seed (Efron and Tibshirani
 * 1993, An Introduction to the Bootstrap). For scores that no distribution fits, such as BLEU or a share of probability.
 */
public final class Bootstrap {
    private Bootstrap() {}

    /**
     * 95 % percentile interval of the mean (chapter 13).
     *
     * @param scores at least one
     */
    public static Interval meanInterval(double[] scores, Draws draws) {
        double[] means = means(scores, draws);
        return new Interval(quantile(means, 0.025), quantile(means, 0.975));
    }

    /** Standard error of the mean: the standard deviation of its bootstrap draws (algorithm 6.1). */
    public static double stderr(double[] scores, Draws draws) {
        double[] means = means(scores, draws);
        double mean = Arrays.stream(means).sum() / means.length;
        double squares = Arrays.stream(means).map(m -> (m - mean) * (m - mean)).sum();
        return Math.sqrt(squares / (means.length - 1));
    }

    /**
     * Two-sided p of the hypothesis that two models score the same on average, over the items both were asked: how often the
     * mean difference, drawn again from the differences less their mean, is as far from zero as the observed one (16.4, as
     * {@code (r + 1) / (draws + 1)}).
     *
     * @throws IllegalArgumentException where the lengths differ or there are no items
     */
    public static double pairedP(double[] baseline, double[] candidate, Draws draws) {
        if (baseline.length != candidate.length || baseline.length == 0) {
            throw new IllegalArgumentException(
                    baseline.length + " baseline scores and " + candidate.length + " candidate scores");
        }
        double[] differences = new double[baseline.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = candidate[i] - baseline[i];
        }
        double observed = Arrays.stream(differences).sum() / differences.length;
        double[] centred = Arrays.stream(differences).map(d -> d - observed).toArray();
        double tolerance =
                1e-12 * Arrays.stream(differences).map(Math::abs).max().orElse(0);
        long extreme = Arrays.stream(means(centred, draws))
                .filter(mean -> Math.abs(mean) >= Math.abs(observed) - tolerance)
                .count();
        return (extreme + 1.0) / (draws.count() + 1.0);
    }

    /** In ascending order. */
    private static double[] means(double[] scores, Draws draws) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("no scores to draw from");
        }
        SplittableRandom random = new SplittableRandom(draws.seed());
        double[] means = new double[draws.count()];
        for (int draw = 0; draw < means.length; draw++) {
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                sum += scores[random.nextInt(scores.length)];
            }
            means[draw] = sum / scores.length;
        }
        Arrays.sort(means);
        return means;
    }

    /** Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). */
    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
