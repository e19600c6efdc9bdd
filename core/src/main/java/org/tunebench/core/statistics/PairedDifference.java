package org.tunebench.core.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Candidate minus baseline on the same items.
 *
 * @param n common items
 * @param mean of the item differences
 * @param sd sample standard deviation of the item differences; 0 for one item
 * @param ci95 95 % interval of the mean difference: Bonett and Price's for right/wrong scores, a percentile bootstrap for
 *     others
 * @param p two-sided, of the test
 * @param gained items on which the candidate scores higher
 * @param lost items on which it scores lower
 */
public record PairedDifference(
        int n, double mean, double sd, Interval ci95, double p, Test test, int gained, int lost) {

    private static final int BOOTSTRAP_DRAWS = 2000;
    private static final BinomialTest LOWER_TAIL = BinomialTest.withDefaults().with(AlternativeHypothesis.LESS_THAN);

    /** Which test gave p. */
    public enum Test {
        /** Binomial test of the discordant items, for scores that are 0 or 1 (McNemar 1947, exact form). */
        MCNEMAR_EXACT("McNemar, exact"),
        /** Every assignment of signs to the differences, or a seeded random choice of them (Fisher 1935). */
        SIGN_FLIP("paired permutation");

        private final String label;

        Test(String label) {
            this.label = label;
        }

        /** The name in reports. */
        public String label() {
            return label;
        }
    }

    /**
     * Of two models' scores, item by item in the same order; empty for no items.
     *
     * @throws IllegalArgumentException where the lengths differ
     */
    public static Optional<PairedDifference> between(double[] baseline, double[] candidate, Draws draws) {
        if (baseline.length != candidate.length) {
            throw new IllegalArgumentException(
                    baseline.length + " baseline scores and " + candidate.length + " candidate scores");
        }
        int n = baseline.length;
        if (n == 0) {
            return Optional.empty();
        }
        double[] differences = new double[n];
        int gained = 0;
        int lost = 0;
        for (int i = 0; i < n; i++) {
            differences[i] = candidate[i] - baseline[i];
            gained += differences[i] > 0 ? 1 : 0;
            lost += differences[i] < 0 ? 1 : 0;
        }
        double mean = Arrays.stream(differences).sum() / n;
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        double sd = n == 1 ? 0 : Math.sqrt(squares / (n - 1));
        boolean binary = isBinary(baseline) && isBinary(candidate);
        return Optional.of(new PairedDifference(
                n,
                mean,
                sd,
                binary ? bonettPrice(n, gained, lost) : Bootstrap.meanInterval(differences, atMost(draws)),
                binary ? mcNemarExact(gained, lost) : PairedResampling.signFlip(differences, draws),
                binary ? Test.MCNEMAR_EXACT : Test.SIGN_FLIP,
                gained,
                lost));
    }

    /**
     * McNemar's test in its exact form: the two-sided binomial test of a fair coin on the discordant items. 1 where there
     * are none.
     */
    public static double mcNemarExact(int gained, int lost) {
        if (gained == lost) {
            return 1;
        }
        // twice the smaller tail: the library's two-sided test takes one term more or less where both tails are the
        // same
        return 2 * LOWER_TAIL.test(gained + lost, Math.min(gained, lost), 0.5).getPValue();
    }

    /**
     * How many items a test at level alpha needs to find a difference of the observed mean and spread with the given
     * power, by {@link SampleSize}. Empty where no difference was observed.
     */
    public OptionalLong itemsNeeded(double alpha, double power) {
        return sd == 0 ? OptionalLong.empty() : new SampleSize(sd, alpha).items(mean, power);
    }

    /** Bonett and Price (2012), doi:10.3102/1076998611411915: Wald's interval with one item added to each discordant count. */
    private static Interval bonettPrice(int n, int gained, int lost) {
        double up = (gained + 1.0) / (n + 2);
        double down = (lost + 1.0) / (n + 2);
        double spread = Math.sqrt((up + down - (up - down) * (up - down)) / (n + 2));
        double reach = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.025) * spread;
        return new Interval(Math.max(-1, up - down - reach), Math.min(1, up - down + reach));
    }

    /** More bootstrap draws move a bound by less than its own error. */
    private static Draws atMost(Draws draws) {
        return new Draws(Math.min(BOOTSTRAP_DRAWS, draws.count()), draws.seed());
    }

    private static boolean isBinary(double[] scores) {
        return Arrays.stream(scores).allMatch(s -> s == 0 || s == 1);
    }
}
