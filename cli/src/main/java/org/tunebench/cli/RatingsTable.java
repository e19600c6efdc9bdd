package org.tunebench.cli;

import java.util.List;
import java.util.Locale;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Ratings;

/** Ratings as a table for the terminal. */
final class RatingsTable {
    private RatingsTable() {}

    static String of(Ratings ratings) {
        StringBuilder table = new StringBuilder();
        ratings.models()
                .forEach((model, rated) -> rated.means()
                        .forEach((dimension, mean) -> table.append(String.format(
                                Locale.ROOT,
                                "%-24s %-14s %5.2f %s  n %d%n",
                                model,
                                dimension,
                                mean.value(),
                                interval(mean),
                                rated.n()))));
        return table.toString();
    }

    private static String interval(Metric mean) {
        List<Double> ci = mean.ci95();
        return ci == null ? "" : String.format(Locale.ROOT, "[%.2f, %.2f]", ci.get(0), ci.get(1));
    }
}
