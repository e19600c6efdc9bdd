package org.tunebench.core.statistics;

import java.util.Arrays;

/**
 * Strengths from comparisons by the model of Bradley and Terry (1952), {@code P(i beats j) = p_i / (p_i + p_j)}, fitted by
 * the minorisation–maximisation algorithm of Hunter (2004, doi:10.1214/aos/1079120141): {@code p_i ← wins_i / Σ_j n_ij /
 * (p_i + p_j)}. A tie is half a win for each, as in R's BradleyTerry2.
 *
 * <p>Without a prior a model that always won has no finite strength. The prior adds for every model that many ties with an
 * imagined one of average strength.
 */
public final class BradleyTerry {
    private static final int MOST_ROUNDS = 100_000;
    private static final double PRECISION = 1e-12;
    private static final double BOOTSTRAP_PRECISION = 1e-6;

    private BradleyTerry() {}

    /**
     * Natural logarithms of the worths, their mean being 0.
     *
     * @param wins (models, models): how often the row beat the column, ties as halves
     * @param prior ties with the imagined model, at least 0
     * @throws IllegalArgumentException without a prior, where the models fall into two groups of which one never beat the
     *     other (Ford 1957): no finite strengths are the most likely ones
     */
    public static double[] fit(double[][] wins, double prior) {
        if (prior <= 0 && !(reachesAll(wins, true) && reachesAll(wins, false))) {
            throw new IllegalArgumentException("comparisons that leave a group of models unbeaten or without a win");
        }
        double[] worth = new double[wins.length];
        Arrays.fill(worth, 1);
        return centred(iterate(wins, prior, worth, PRECISION));
    }

    /** The same of a resample, from the strengths of the whole sample and to a millionth, which no interval shows. */
    public static double[] refit(double[][] wins, double prior, double[] strengths) {
        return centred(
                iterate(wins, prior, Arrays.stream(strengths).map(Math::exp).toArray(), BOOTSTRAP_PRECISION));
    }

    private static double[] iterate(double[][] wins, double prior, double[] start, double precision) {
        double[] worth = start;
        double moved = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS && moved >= precision; round++) {
            double[] next = scaled(improved(wins, prior, worth), prior);
            moved = 0;
            for (int i = 0; i < next.length; i++) {
                moved = Math.max(moved, Math.abs(Math.log(next[i] / worth[i])));
            }
            worth = next;
        }
        return worth;
    }

    private static double[] centred(double[] worth) {
        double[] strengths = Arrays.stream(worth).map(Math::log).toArray();
        double mean = Arrays.stream(strengths).average().orElse(0);
        return Arrays.stream(strengths).map(s -> s - mean).toArray();
    }

    private static double[] improved(double[][] wins, double prior, double[] worth) {
        int n = worth.length;
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
            double won = prior / 2;
            double exposure = prior / (worth[i] + 1);
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    won += wins[i][j];
                    exposure += (wins[i][j] + wins[j][i]) / (worth[i] + worth[j]);
                }
            }
            next[i] = won / exposure;
        }
        return next;
    }

    /**
     * All worths times one factor, which no comparison between models sees: without a prior the one that makes their
     * geometric mean 1, with one a Newton step to where half of the ties with the imagined model are wins. The iteration
     * alone would take as many rounds for this as there are comparisons.
     */
    private static double[] scaled(double[] worth, double prior) {
        double step = 0;
        if (prior <= 0) {
            step = -Arrays.stream(worth).map(Math::log).average().orElse(0);
        } else {
            double excess = 0;
            double slope = 0;
            for (double p : worth) {
                double share = p / (p + 1);
                excess += share - 0.5;
                slope += share * (1 - share);
            }
            step = Math.max(-1, Math.min(1, -excess / slope));
        }
        double factor = Math.exp(step);
        return Arrays.stream(worth).map(p -> p * factor).toArray();
    }

    /** Whether every model is beaten by the first one, or beats it, through others. */
    private static boolean reachesAll(double[][] wins, boolean beating) {
        int n = wins.length;
        boolean[] reached = new boolean[n];
        int[] queue = new int[n];
        int end = n == 0 ? 0 : 1;
        if (n > 0) {
            reached[0] = true;
        }
        for (int at = 0; at < end; at++) {
            for (int j = 0; j < n; j++) {
                double won = beating ? wins[queue[at]][j] : wins[j][queue[at]];
                if (won > 0 && !reached[j]) {
                    reached[j] = true;
                    queue[end++] = j;
                }
            }
        }
        return end == n;
    }
}
