package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.statistics.Interval;
import org.tunebench.reports.comparison.SuiteMetric;
import org.tunebench.reports.leaderboard.Cell;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.Row;

/** The leaderboard as the page shows it. */
record LeaderboardView(List<Column> columns, List<Line> rows) {

    /** @param note metric with its unit, and direction where lower is better */
    record Column(String suite, String note) {}

    /** @param sort what a cell is sorted by; empty goes last */
    record Figure(String text, String sort) {}

    record Score(
            String text,
            String sort,
            String plusMinus,
            @Nullable IntervalBar bar,
            String mark,
            @Nullable String title) {}

    record Line(
            String name,
            boolean baseline,
            List<Score> scores,
            Figure decided,
            Figure supervisedTokens,
            Figure realTokens,
            Figure time,
            List<Line> seeds) {}

    static LeaderboardView of(Leaderboard leaderboard) {
        List<Column> columns = new ArrayList<>();
        leaderboard.suites().forEach((suite, metric) -> columns.add(new Column(suite, note(metric))));
        Map<String, IntervalBar.Scale> scales = new LinkedHashMap<>();
        leaderboard.suites().keySet().forEach(suite -> scales.put(suite, scale(leaderboard, suite)));
        return new LeaderboardView(
                columns,
                leaderboard.rows().stream()
                        .map(row -> line(row, leaderboard.suites(), scales))
                        .toList());
    }

    private static String note(SuiteMetric metric) {
        return switch (metric.scale()) {
            case SHARE -> metric.name() + " %";
            case RATING -> metric.name() + " 1\u201310";
            case PERPLEXITY -> "per token \u2193";
        };
    }

    private static IntervalBar.Scale scale(Leaderboard leaderboard, String suite) {
        List<Interval> intervals = leaderboard.rows().stream()
                .flatMap(row -> Stream.concat(Stream.of(row), row.seeds().stream()))
                .map(row -> row.cells().get(suite))
                .filter(Objects::nonNull)
                .map(cell -> cell.ci95() == null ? new Interval(cell.value(), cell.value()) : cell.ci95())
                .toList();
        return IntervalBar.Scale.of(intervals);
    }

    private static Line line(Row row, Map<String, SuiteMetric> suites, Map<String, IntervalBar.Scale> scales) {
        List<Score> scores = new ArrayList<>();
        suites.forEach((suite, metric) ->
                scores.add(score(metric, row.cells().get(suite), Objects.requireNonNull(scales.get(suite)))));
        return new Line(
                row.name(),
                row.isBaseline(),
                scores,
                new Figure(row.won() + "\u2009:\u2009" + row.lost(), Integer.toString(row.won() - row.lost())),
                figure(Figures.count(row.cost().supervisedTokens()), row.cost().supervisedTokens()),
                figure(Figures.count(row.cost().realTokens()), row.cost().realTokens()),
                figure(Figures.time(row.cost().seconds()), row.cost().seconds()),
                row.seeds().stream().map(seed -> line(seed, suites, scales)).toList());
    }

    private static Figure figure(String text, OptionalDouble value) {
        return new Figure(text, value.isEmpty() ? "" : Double.toString(value.getAsDouble()));
    }

    private static Score score(SuiteMetric metric, @Nullable Cell cell, IntervalBar.Scale scale) {
        if (cell == null) {
            return new Score(Figures.NONE, "", "", null, "", null);
        }
        Interval interval = cell.ci95();
        String range = interval == null
                ? ""
                : ", 95 % interval " + Figures.score(metric, interval.lo()) + " to "
                        + Figures.score(metric, interval.hi());
        return new Score(
                Figures.score(metric, cell.value()),
                Double.toString(cell.value()),
                Figures.plusMinus(metric, cell),
                IntervalBar.of(scale, cell.value(), interval),
                cell.mark().name().toLowerCase(Locale.ROOT),
                Figures.score(metric, cell.value()) + range + ", n = " + cell.n());
    }
}
