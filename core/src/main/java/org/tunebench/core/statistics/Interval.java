package org.tunebench.core.statistics;

/** A closed interval of a score or a difference, in its unit. */
public record Interval(double lo, double hi) {
    public Interval {
        if (!(lo <= hi)) {
            throw new IllegalArgumentException("interval from " + lo + " to " + hi);
        }
    }

    static Interval of(org.apache.commons.statistics.interval.Interval bounds) {
        return new Interval(bounds.getLowerBound(), bounds.getUpperBound());
    }

    /** Whether it lies wholly between -margin and margin. */
    public boolean within(double margin) {
        return -margin <= lo && hi <= margin;
    }
}
