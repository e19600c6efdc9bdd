package org.tunebench.reports.comparison;

import org.tunebench.core.statistics.PairedDifference;
import org.tunebench.reports.run.SuiteMetric;

/** What the data say of a candidate beside a baseline. */
public enum Verdict {
    BETTER,
    WORSE,
    /** Not told apart, and the whole interval is smaller than the metric's margin. */
    SAME,
    /** Not told apart, and the interval leaves room for a difference that matters. */
    UNDECIDED;

    /** The level of the corrected test. */
    public static final double ALPHA = 0.05;
    /** A stricter level, for what is said without hedging. */
    public static final double STRICT = 0.01;
    /** Fewer items than this never show that two models are the same. */
    private static final int FEWEST_FOR_SAME = 20;

    static Verdict of(PairedDifference difference, double pHolm, SuiteMetric metric) {
        if (pHolm < ALPHA && difference.mean() != 0) {
            return difference.mean() > 0 != metric.lowerIsBetter() ? BETTER : WORSE;
        }
        return difference.n() >= FEWEST_FOR_SAME
                        && difference.ci95().within(metric.scale().margin())
                ? SAME
                : UNDECIDED;
    }
}
