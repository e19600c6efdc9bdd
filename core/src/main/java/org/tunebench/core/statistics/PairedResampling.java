package org.tunebench.core.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A test of a mean of paired differences that assumes no distribution. */
final class PairedResampling {
    /** Up to this many non-zero differences all sign assignments are tried: 2^16. */
    private static final int EXACT_ITEMS = 16;
    /** A sampled test stops once this many draws were as extreme as the data: its p is known well enough. */
    private static final int ENOUGH_EXTREMES = 200;

    private PairedResampling() {}

    /**
     * Two-sided p of the hypothesis that each difference is as likely to have the other sign. All assignments are tried
     * where few differences are not zero; otherwise they are drawn, one after another, until enough were as extreme or the
     * draws are spent, which keeps p valid (Besag and Clifford 1991, doi:10.1093/biomet/78.2.301).
     */
    static double signFlip(double[] differences, Draws draws) {
        double[] moving = Arrays.stream(differences).filter(d -> d != 0).toArray();
        double observed = Math.abs(Arrays.stream(moving).sum());
        double tolerance = 1e-12 * Arrays.stream(moving).map(Math::abs).sum();
        return moving.length <= EXACT_ITEMS
                ? everyAssignment(moving, observed - tolerance)
                : drawnAssignments(moving, observed - tolerance, draws);
    }

    private static double everyAssignment(double[] differences, double threshold) {
        int assignments = 1 << differences.length;
        int extreme = 0;
        for (int signs = 0; signs < assignments; signs++) {
            extreme += Math.abs(sum(differences, signs, 0, differences.length)) >= threshold ? 1 : 0;
        }
        return (double) extreme / assignments;
    }

    private static double drawnAssignments(double[] differences, double threshold, Draws draws) {
        SplittableRandom random = new SplittableRandom(draws.seed());
        double[][] sums = sumsOfEight(differences);
        int extreme = 0;
        for (int draw = 1; draw <= draws.count(); draw++) {
            double sum = 0;
            for (int eight = 0; eight < sums.length; ) {
                long signs = random.nextLong();
                int end = Math.min(sums.length, eight + Long.BYTES);
                for (; eight < end; eight++, signs >>>= Byte.SIZE) {
                    sum += sums[eight][(int) (signs & 0xFF)];
                }
            }
            extreme += Math.abs(sum) >= threshold ? 1 : 0;
            if (extreme == ENOUGH_EXTREMES) {
                return (double) extreme / draw;
            }
        }
        return (extreme + 1.0) / (draws.count() + 1.0);
    }

    /** For every eight differences their sum under each of the 256 sign assignments, so that a draw adds an eighth as many. */
    private static double[][] sumsOfEight(double[] differences) {
        double[][] sums = new double[(differences.length + Byte.SIZE - 1) / Byte.SIZE][1 << Byte.SIZE];
        for (int eight = 0; eight < sums.length; eight++) {
            int from = eight * Byte.SIZE;
            int to = Math.min(differences.length, from + Byte.SIZE);
            for (int signs = 0; signs < sums[eight].length; signs++) {
                sums[eight][signs] = sum(differences, signs, from, to);
            }
        }
        return sums;
    }

    private static double sum(double[] differences, long signs, int from, int to) {
        double sum = 0;
        long bits = signs;
        for (int i = from; i < to; i++, bits >>>= 1) {
            sum += (bits & 1) == 0 ? differences[i] : -differences[i];
        }
        return sum;
    }
}
