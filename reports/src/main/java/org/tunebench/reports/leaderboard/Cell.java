package org.tunebench.reports.leaderboard;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.statistics.Interval;
import org.tunebench.reports.run.SuiteMetric;

/**
 * A score on a suite.
 *
 * @param n samples a run
 * @param value in the metric's own unit; with several seeds, the mean of their scores
 * @param ci95 with several seeds, the mean of their bounds: seeds do not narrow it, the items are the same
 * @param mark whether it is the best, or not told apart from the best
 */
public record Cell(long n, double value, @Nullable Interval ci95, Mark mark) {

    /** How a score stands beside the best of its suite. */
    public enum Mark {
        BEST,
        /** The paired test does not tell it from the best. */
        NOT_TOLD_APART,
        /** There are no items in common with the best. */
        NOT_COMPARED,
        BEHIND
    }

    static Optional<Cell> of(List<SuiteResult> results, SuiteMetric metric) {
        List<SuiteResult> scored = results.stream()
                .filter(result -> result.n() > 0 && result.metrics().get(metric.name()) != null)
                .toList();
        if (scored.isEmpty()) {
            return Optional.empty();
        }
        List<Metric> metrics = scored.stream()
                .map(result -> Objects.requireNonNull(result.metrics().get(metric.name())))
                .toList();
        boolean bounded =
                metrics.stream().allMatch(m -> m.ci95() != null && m.ci95().size() == 2);
        Interval interval =
                bounded ? new Interval(mean(metrics, m -> bound(m, 0)), mean(metrics, m -> bound(m, 1))) : null;
        return Optional.of(new Cell(scored.get(0).n(), mean(metrics, Metric::value), interval, Mark.BEHIND));
    }

    Cell marked(Mark other) {
        return new Cell(n, value, ci95, other);
    }

    static Comparator<Cell> bestFirst(SuiteMetric metric) {
        Comparator<Cell> ascending = Comparator.comparingDouble(Cell::value);
        return metric.lowerIsBetter() ? ascending : ascending.reversed();
    }

    private static double bound(Metric metric, int which) {
        return Objects.requireNonNull(metric.ci95()).get(which);
    }

    private static double mean(List<Metric> metrics, ToDoubleFunction<Metric> of) {
        return metrics.stream().mapToDouble(of).average().orElseThrow();
    }
}
