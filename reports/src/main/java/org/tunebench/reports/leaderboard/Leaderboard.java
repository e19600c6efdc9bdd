package org.tunebench.reports.leaderboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/**
 * The table of an experiment: base models first, then recipes by clear wins less clear losses.
 *
 * @param suites suite → metric, the columns
 */
public record Leaderboard(Map<String, SuiteMetric> suites, List<Row> rows) {

    public static Leaderboard of(Experiment experiment, Comparison comparison) {
        List<Row> rows = new ArrayList<>();
        for (Candidate candidate : experiment.candidates()) {
            rows.add(row(candidate, experiment.suites(), comparison));
        }
        List<Row> marked = marked(rows, experiment.suites(), comparison);
        return new Leaderboard(
                experiment.suites(),
                marked.stream()
                        .sorted(Comparator.comparing((Row row) -> !row.isBaseline())
                                .thenComparing(row -> row.lost() - row.won()))
                        .toList());
    }

    /** Whether the energy of any training is known. */
    public boolean hasEnergy() {
        return rows.stream().anyMatch(row -> row.cost().joules().isPresent());
    }

    /** A table for a terminal, at most 120 characters wide. */
    public String toText() {
        return TerminalTable.of(this);
    }

    /** One line a recipe, base model or seed; full precision. */
    public String toCsv() {
        return LeaderboardText.csv(this);
    }

    /** A table for a model card. */
    public String toMarkdown() {
        return LeaderboardText.markdown(this);
    }

    private static Row row(Candidate candidate, Map<String, SuiteMetric> suites, Comparison comparison) {
        List<Row> seeds = new ArrayList<>();
        if (candidate.runs().size() > 1) {
            for (Run run : candidate.runs()) {
                seeds.add(seed(run, suites));
            }
        }
        return new Row(
                candidate.name(),
                candidate.isBaseline(),
                candidate.isFromHarness(),
                candidate.runs().get(0).name(),
                cells(candidate, suites),
                decided(candidate.name(), comparison, true),
                decided(candidate.name(), comparison, false),
                Row.Cost.of(candidate.runs()),
                seeds);
    }

    private static Row seed(Run run, Map<String, SuiteMetric> suites) {
        return new Row(
                run.name(),
                false,
                run.origin().harness(),
                run.name(),
                cells(new Candidate(run.name(), List.of(run)), suites),
                0,
                0,
                Row.Cost.of(List.of(run)),
                List.of());
    }

    private static Map<String, Cell> cells(Candidate candidate, Map<String, SuiteMetric> suites) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        suites.forEach(
                (suite, metric) -> Cell.of(candidate.results(suite), metric).ifPresent(cell -> cells.put(suite, cell)));
        return cells;
    }

    /** Decided comparisons of a candidate that it won, or that it lost. */
    private static int decided(String name, Comparison comparison, boolean won) {
        return (int) comparison.pairs().stream()
                .filter(pair -> pair.has(name))
                .filter(pair -> pair.winner()
                        .filter(winner -> winner.equals(name) == won)
                        .isPresent())
                .count();
    }

    private static List<Row> marked(List<Row> rows, Map<String, SuiteMetric> suites, Comparison comparison) {
        Map<String, Row> best = new LinkedHashMap<>();
        suites.forEach((suite, metric) -> best(rows, suite, metric).ifPresent(row -> best.put(suite, row)));
        return rows.stream()
                .map(row -> {
                    Map<String, Cell> cells = new LinkedHashMap<>(row.cells());
                    best.forEach((suite, leader) -> cells.computeIfPresent(
                            suite, (s, cell) -> cell.marked(mark(row, leader, suite, comparison))));
                    return row.withCells(cells);
                })
                .toList();
    }

    /** The best of at least two. */
    private static Optional<Row> best(List<Row> rows, String suite, SuiteMetric metric) {
        List<Row> scored =
                rows.stream().filter(row -> row.cells().containsKey(suite)).toList();
        return scored.size() < 2
                ? Optional.empty()
                : scored.stream().min(Comparator.comparing(row -> row.cells().get(suite), Cell.bestFirst(metric)));
    }

    /** Equal scores are all the best; the others are marked as the paired test says. */
    private static Cell.Mark mark(Row row, Row best, String suite, Comparison comparison) {
        if (row == best || value(row, suite) == value(best, suite)) {
            return Cell.Mark.BEST;
        }
        return comparison
                .between(row.name(), best.name(), suite)
                .map(pair -> pair.winner().isPresent() ? Cell.Mark.BEHIND : Cell.Mark.NOT_TOLD_APART)
                .orElse(Cell.Mark.NOT_COMPARED);
    }

    private static double value(Row row, String suite) {
        return Objects.requireNonNull(row.cells().get(suite)).value();
    }
}
