package org.tunebench.reports.comparison;

import java.util.Optional;
import java.util.OptionalLong;
import org.tunebench.core.statistics.PairedDifference;
import org.tunebench.reports.run.SuiteMetric;

/**
 * A candidate beside a baseline on one suite, or on one group of it.
 *
 * @param group empty for the whole suite
 * @param difference candidate minus baseline, on common items, in the metric's unit of differences
 * @param pHolm p after Holm's correction over all pairs of the same family
 * @param level that p before the correction has to meet in its place of Holm's order
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
        double level,
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

    /** For an open case: how many items would settle it with 80 % power at its level, were the difference as observed. */
    public OptionalLong itemsNeeded() {
        return verdict == Verdict.UNDECIDED ? difference.itemsNeeded(level, 0.8) : OptionalLong.empty();
    }

    /** The better of the two, where the test decides. */
    public Optional<String> winner() {
        return switch (verdict) {
            case BETTER -> Optional.of(candidate);
            case WORSE -> Optional.of(baseline);
            case SAME, UNDECIDED -> Optional.empty();
        };
    }

    /** Whether a candidate is one of the two. */
    public boolean has(String name) {
        return name.equals(baseline) || name.equals(candidate);
    }

    /** The one of the two that is not this one. */
    public String other(String name) {
        return name.equals(candidate) ? baseline : candidate;
    }

    /** How far the two lie apart, without direction: {@code 12.0 points (8.1 to 15.9)}, with its 95 % interval. */
    public String size() {
        return Differences.size(this) + " (" + Differences.sizeInterval(this) + ")";
    }

    private String said() {
        return Differences.size(this) + " (95 % interval " + Differences.sizeInterval(this) + ")";
    }

    /** The finding in words that follow the verdict; the better one stands first. */
    public String sentence() {
        return switch (verdict) {
            case BETTER -> candidate + " is better than " + baseline + " on " + suite + " by " + said();
            case WORSE -> baseline + " is better than " + candidate + " on " + suite + " by " + said();
            case SAME ->
                candidate + " and " + baseline + " are the same on " + suite + " within ±" + Differences.margin(metric);
            case UNDECIDED ->
                candidate + " and " + baseline + " are undecided on " + suite + " " + Differences.interval(this);
        };
    }
}
