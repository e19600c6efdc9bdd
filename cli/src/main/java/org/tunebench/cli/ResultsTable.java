package org.tunebench.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        results.suites().forEach((suite, result) -> {
            judge(
                    table,
                    suite,
                    result.details() == null ? null : result.details().get("judge"));
            if (result.details() != null && result.details().get("pairwise") instanceof Map<?, ?> opponents) {
                opponents.forEach((opponent, summary) -> pairwise(table, suite, opponent, summary));
            }
        });
        return table.toString();
    }

    /** What the judge was asked, and what it did not answer. */
    private static void judge(StringBuilder table, String suite, @Nullable Object tally) {
        if (tally instanceof Map<?, ?> counts) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-20s judge %s: %s judgments, %s failed, %s unparsed%s%s%n",
                    suite,
                    counts.get("name"),
                    counts.get("calls"),
                    counts.get("failed"),
                    counts.get("unparsed"),
                    counts.get("prompt_tokens") == null
                            ? ""
                            : ", tokens " + counts.get("prompt_tokens") + " + " + counts.get("completion_tokens"),
                    counts.get("cost") instanceof Number cost
                            ? String.format(Locale.ROOT, ", cost %.4f", cost.doubleValue())
                            : ""));
        }
    }

    private static void pairwise(StringBuilder table, String suite, Object opponent, @Nullable Object summary) {
        if (summary instanceof Map<?, ?> counts) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-20s against %s: %s wins, %s losses, %s ties, %s undecided%s%n",
                    suite,
                    opponent,
                    counts.get("wins"),
                    counts.get("losses"),
                    counts.get("ties"),
                    counts.get("undecided"),
                    counts.get("win_rate") instanceof Map<?, ?> rate && rate.get("value") instanceof Number value
                            ? String.format(Locale.ROOT, ", win rate %.4f", value.doubleValue())
                            : ""));
            judge(table, suite, counts.get("judge"));
        }
    }

    private static String interval(Metric score) {
        List<Double> ci = score.ci95();
        return ci == null ? "" : String.format(Locale.ROOT, "[%.3f, %.3f]", ci.get(0), ci.get(1));
    }
}
