package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Differences;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.comparison.Pair;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.run.SuiteMetric;

/**
 * What each recipe lost and gained beside the base it was tuned from: a row a suite and a row a group, a column a recipe.
 *
 * @param lower whether there is a suite on which lower is better
 */
record ForgettingView(List<String> columns, List<OfSuite> suites, boolean lower) {

    /** @param rows the whole suite, then its groups */
    record OfSuite(List<Line> rows) {}

    /** @param group empty for the whole suite */
    record Line(String suite, String group, String anchor, String unit, int n, List<@Nullable Change> changes) {}

    /**
     * @param items how many were gained and lost
     * @param route recipe and base side by side
     */
    record Change(String text, String items, String verdict, String title, String route) {}

    static ForgettingView of(Experiment experiment, Comparison comparison) {
        List<Candidate> tuned = experiment.candidates().stream()
                .filter(c -> experiment.baselineOf(c).filter(base -> base != c).isPresent())
                .toList();
        List<OfSuite> suites = new ArrayList<>();
        for (String suite : experiment.suites().keySet()) {
            Set<String> groups = new LinkedHashSet<>();
            groups.add("");
            comparison.groups().stream()
                    .filter(pair -> pair.suite().equals(suite))
                    .forEach(pair -> groups.add(pair.group()));
            List<Line> rows = new ArrayList<>();
            groups.forEach(
                    group -> line(experiment, comparison, tuned, suite, group).ifPresent(rows::add));
            if (!rows.isEmpty()) {
                suites.add(new OfSuite(rows));
            }
        }
        return new ForgettingView(
                tuned.stream().map(Candidate::name).toList(),
                suites,
                experiment.suites().values().stream().anyMatch(SuiteMetric::lowerIsBetter));
    }

    private static Optional<Line> line(
            Experiment experiment, Comparison comparison, List<Candidate> tuned, String suite, String group) {
        List<Optional<Pair>> pairs = tuned.stream()
                .map(candidate -> Stream.concat(comparison.pairs().stream(), comparison.groups().stream())
                        .filter(p -> p.suite().equals(suite) && p.group().equals(group))
                        .filter(p -> p.candidate().equals(candidate.name()))
                        .filter(p -> experiment
                                .baselineOf(candidate)
                                .map(base -> base.name().equals(p.baseline()))
                                .orElse(false))
                        .findFirst())
                .toList();
        List<@Nullable Change> changes = new ArrayList<>();
        pairs.forEach(pair -> changes.add(pair.map(ForgettingView::change).orElse(null)));
        return pairs.stream()
                .flatMap(Optional::stream)
                .findFirst()
                .map(first -> new Line(
                        suite,
                        group,
                        group.isEmpty() ? Anchor.of("forgetting", suite) : Anchor.of("forgetting", suite, group),
                        first.metric().scale().unit(),
                        first.difference().n(),
                        changes));
    }

    private static Change change(Pair pair) {
        String words = pair.difference().n() + " items, " + pair.gained() + " gained, " + pair.lost()
                + " lost, 95 % interval "
                + Differences.signed(pair.metric(), pair.difference().ci95().lo()) + " to "
                + Differences.signed(pair.metric(), pair.difference().ci95().hi()) + ", p after Holm "
                + Figures.p(pair.pHolm()) + ": " + ComparisonView.words(pair);
        return new Change(
                Differences.signed(pair.metric(), pair.difference().mean()),
                "+" + pair.gained() + " \u2212" + pair.lost(),
                pair.verdict().name().toLowerCase(Locale.ROOT),
                words,
                Anchor.route("compare", pair.candidate(), pair.baseline()));
    }
}
