package org.tunebench.core.statistics;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many items, how small a difference: a two-sided z test of the mean of paired differences (Miller 2024,
 * arXiv:2411.00640, section 5). The spread is that of the item differences, which is smaller than that of the scores where
 * two models find the same items hard.
 *
 * @param sd standard deviation of the item differences, above 0
 * @param alpha level of the test, in (0, 1)
 */
public record SampleSize(double sd, double alpha) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    public SampleSize {
        if (!(sd > 0) || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("sd " + sd + ", alpha " + alpha);
        }
    }

    /**
     * The items that a difference needs to be seen with the given power: {@code ((z(1-alpha/2) + z(power)) · sd / difference)²},
     * rounded up. Empty for no difference.
     */
    public OptionalLong items(double difference, double power) {
        return difference == 0
                ? OptionalLong.empty()
                : OptionalLong.of((long) Math.ceil(Math.pow(reach(power) * sd / difference, 2)));
    }

    /** The smallest difference that so many items show with the given power. */
    public double detectable(long items, double power) {
        return reach(power) * sd / Math.sqrt((double) items);
    }

    /** The probability that so many items show a difference, on either side. */
    public double power(long items, double difference) {
        double shift = Math.abs(difference) * Math.sqrt((double) items) / sd;
        double z = NORMAL.inverseSurvivalProbability(alpha / 2);
        return NORMAL.survivalProbability(z - shift) + NORMAL.cumulativeProbability(-z - shift);
    }

    private double reach(double power) {
        return NORMAL.inverseSurvivalProbability(alpha / 2) + NORMAL.inverseCumulativeProbability(power);
    }
}
