package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.statistics.Interval;
import org.tunebench.reports.comparison.Differences;
import org.tunebench.reports.leaderboard.Cell;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.Row;
import org.tunebench.reports.run.SuiteMetric;

/**
 * The leaderboard's scores with their intervals, for its charts.
 *
 * @param anchors one a model: its row's
 */
record ScoresIsland(List<String> models, List<String> anchors, List<Boolean> baseline, List<OfSuite> suites) {

    /** @param points one a model, as shown: value, low and high end of the interval; null where there is none */
    record OfSuite(String suite, String note, boolean lower, List<@Nullable List<Double>> points) {}

    static ScoresIsland of(Leaderboard leaderboard) {
        List<OfSuite> suites = new ArrayList<>();
        leaderboard.suites().forEach((suite, metric) -> suites.add(of(leaderboard, suite, metric)));
        return new ScoresIsland(
                leaderboard.rows().stream().map(Row::name).toList(),
                leaderboard.rows().stream()
                        .map(row -> Anchor.of("model", row.name()))
                        .toList(),
                leaderboard.rows().stream().map(Row::isBaseline).toList(),
                suites);
    }

    private static OfSuite of(Leaderboard leaderboard, String suite, SuiteMetric metric) {
        List<@Nullable List<Double>> points = new ArrayList<>();
        for (Row row : leaderboard.rows()) {
            Map<String, Cell> cells = row.cells();
            Cell cell = cells.get(suite);
            points.add(cell == null ? null : point(metric, cell));
        }
        return new OfSuite(suite, LeaderboardView.note(metric), metric.lowerIsBetter(), points);
    }

    private static List<Double> point(SuiteMetric metric, Cell cell) {
        Interval interval = cell.ci95();
        return List.of(
                shown(metric, cell.value()),
                shown(metric, interval == null ? cell.value() : interval.lo()),
                shown(metric, interval == null ? cell.value() : interval.hi()));
    }

    private static double shown(SuiteMetric metric, double value) {
        return Math.round(Differences.shown(metric, value) * 1e4) / 1e4;
    }
}
