package org.tunebench.cli;

import java.util.List;
import java.util.Locale;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Results;

/** A model's scores for the terminal: suite, metric, value with its 95 % interval in the metric's own unit, items. */
final class ResultsTable {
    private ResultsTable() {}

    static String of(Results results) {
        StringBuilder table = new StringBuilder();
        results.suites()
                .forEach((suite, result) -> result.metrics()
                        .forEach((metric, score) -> table.append(String.format(
                                Locale.ROOT,
                                "%-20s %-16s %7.3f %-18s n %d%n",
                                suite,
                                metric,
                                score.value(),
                                interval(score),
                                result.n()))));
        return table.toString();
    }

    private static String interval(Metric score) {
        List<Double> ci = score.ci95();
        return ci == null ? "" : String.format(Locale.ROOT, "[%.3f, %.3f]", ci.get(0), ci.get(1));
    }
}
