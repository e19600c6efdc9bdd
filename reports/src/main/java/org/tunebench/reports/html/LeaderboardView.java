package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.statistics.Interval;
import org.tunebench.reports.leaderboard.Cell;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.Row;
import org.tunebench.reports.run.SuiteMetric;

/**
 * The leaderboard as the page shows it.
 *
 * @param hasEnergy whether the energy of any training is known
 */
record LeaderboardView(List<Column> columns, List<Line> rows, boolean hasEnergy) {

    /** @param note metric with its unit, and direction where lower is better */
    record Column(String suite, String note, String anchor) {}

    /** @param sort what a cell is sorted by; empty goes last */
    record Figure(String text, String sort) {}

    /** @param source where the suite's section has the number with all that belongs to it */
    record Score(
            String text,
            String sort,
            String plusMinus,
            String mark,
            @Nullable String title,
            @Nullable String source) {}

    /** @param tag what kind of model it is, where it is no recipe */
    record Line(
            String name,
            String anchor,
            String tag,
            boolean baseline,
            List<Score> scores,
            Figure decided,
            Figure supervisedTokens,
            Figure realTokens,
            Figure time,
            Figure energy,
            List<Line> seeds) {}

    static LeaderboardView of(Leaderboard leaderboard) {
        List<Column> columns = new ArrayList<>();
        leaderboard
                .suites()
                .forEach((suite, metric) -> columns.add(new Column(suite, note(metric), Anchor.of("suite", suite))));
        return new LeaderboardView(
                columns,
                leaderboard.rows().stream()
                        .map(row -> line(row, leaderboard.suites()))
                        .toList(),
                leaderboard.hasEnergy());
    }

    static String note(SuiteMetric metric) {
        return switch (metric.scale()) {
            case SHARE -> metric.name() + " %";
            case RATING -> metric.name() + " 1\u201310";
            case PERPLEXITY -> "per token \u2193";
            case QUANTITY -> metric.name();
            case LOSS -> metric.name() + " \u2193";
        };
    }

    private static Line line(Row row, Map<String, SuiteMetric> suites) {
        List<Score> scores = new ArrayList<>();
        suites.forEach((suite, metric) ->
                scores.add(score(row, suite, metric, row.cells().get(suite))));
        return new Line(
                row.name(),
                Anchor.of("model", row.name()),
                row.isBaseline() ? "base" : row.isFromHarness() ? "lm-eval" : "",
                row.isBaseline(),
                scores,
                new Figure(row.won() + "\u2009:\u2009" + row.lost(), Integer.toString(row.won() - row.lost())),
                figure(Figures.count(row.cost().supervisedTokens()), row.cost().supervisedTokens()),
                figure(Figures.count(row.cost().realTokens()), row.cost().realTokens()),
                figure(Figures.time(row.cost().seconds()), row.cost().seconds()),
                figure(Figures.energy(row.cost().joules()), row.cost().joules()),
                row.seeds().stream().map(seed -> line(seed, suites)).toList());
    }

    private static Figure figure(String text, OptionalDouble value) {
        return new Figure(text, value.isEmpty() ? "" : Double.toString(value.getAsDouble()));
    }

    private static Score score(Row row, String suite, SuiteMetric metric, @Nullable Cell cell) {
        if (cell == null) {
            return new Score(Figures.NONE, "", "", "", null, null);
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
                cell.mark().name().toLowerCase(Locale.ROOT),
                Figures.score(metric, cell.value()) + range + ", n = " + cell.n()
                        + (cell.mark() == Cell.Mark.NOT_COMPARED ? "; no items in common with the best" : ""),
                Anchor.of("suite", suite, row.firstRun()));
    }
}
