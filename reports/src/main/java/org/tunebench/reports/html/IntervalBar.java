package org.tunebench.reports.html;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.statistics.Interval;

/**
 * Where an interval and its point lie on a scale from 0 to 100.
 *
 * @param zero where no difference lies
 */
record IntervalBar(String lo, String width, String point, String zero) {

    /** The scale that several bars share: from its least to its greatest value. */
    record Scale(double from, double to) {
        static Scale of(List<Interval> intervals) {
            double from = intervals.stream().mapToDouble(Interval::lo).min().orElse(0);
            double to = intervals.stream().mapToDouble(Interval::hi).max().orElse(1);
            return from < to ? new Scale(from, to) : new Scale(from - 0.5, to + 0.5);
        }

        /** The same scale about zero. */
        static Scale aboutZero(List<Interval> intervals) {
            double reach = intervals.stream()
                    .mapToDouble(i -> Math.max(Math.abs(i.lo()), Math.abs(i.hi())))
                    .max()
                    .orElse(1);
            return new Scale(-Math.max(reach, 1e-9), Math.max(reach, 1e-9));
        }

        /** The ends keep 4 of 100 clear for the point's own size. */
        private double at(double value) {
            return 4 + 92 * (Math.min(Math.max(value, from), to) - from) / (to - from);
        }
    }

    static IntervalBar of(Scale scale, double value, @Nullable Interval interval) {
        double lo = scale.at(interval == null ? value : interval.lo());
        double hi = scale.at(interval == null ? value : interval.hi());
        return new IntervalBar(
                position(lo), position(Math.max(hi - lo, 0.5)), position(scale.at(value)), position(scale.at(0)));
    }

    private static String position(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
