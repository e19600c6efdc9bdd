package org.tunebench.reports.comparison;

import java.util.OptionalLong;
import org.tunebench.core.statistics.PairedDifference;

/**
 * A candidate beside a baseline on one suite, or on one group of it.
 *
 * @param group empty for the whole suite
 * @param difference candidate minus baseline, on common items, in the metric's unit of differences
 * @param pHolm p after Holm's correction over all pairs of the same table
 * @param onlyBaseline items that only the baseline answered
 * @param onlyCandidate items that only the candidate answered
 */
public record Pair(
        String baseline,
        String candidate,
        String suite,
        String group,
        SuiteMetric metric,
        PairedDifference difference,
        double pHolm,
        Verdict verdict,
        int onlyBaseline,
        int onlyCandidate) {

    /** Items on which the candidate is the better one. */
    public int gained() {
        return metric.lowerIsBetter() ? difference.lost() : difference.gained();
    }

    /** Items on which the candidate is the worse one. */
    public int lost() {
        return metric.lowerIsBetter() ? difference.gained() : difference.lost();
    }

    /** For an open case: how many items would settle it with 80 % power, at the observed difference. */
    public OptionalLong itemsNeeded() {
        return verdict == Verdict.UNDECIDED ? difference.itemsNeeded(Verdict.ALPHA, 0.8) : OptionalLong.empty();
    }

    /** The finding in words that follow the verdict. */
    public String sentence() {
        String size = Differences.size(this);
        String interval = Differences.sizeInterval(this);
        return switch (verdict) {
            case BETTER -> candidate + " is better than " + baseline + " on " + suite + " by " + size + " " + interval;
            case WORSE -> candidate + " is worse than " + baseline + " on " + suite + " by " + size + " " + interval;
            case SAME ->
                candidate + " and " + baseline + " are the same on " + suite + " within ±" + Differences.margin(metric);
            case UNDECIDED ->
                candidate + " and " + baseline + " are undecided on " + suite + " " + Differences.interval(this);
        };
    }
}
