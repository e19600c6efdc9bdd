package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Differences;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.comparison.Pair;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.Row;
import org.tunebench.reports.run.SuiteMetric;

/**
 * Every comparison, for the page's script to show any two models side by side.
 *
 * @param models in the leaderboard's order
 * @param suites in the tables' order
 * @param shown the two that are shown first
 * @param pairs flat rows of numbers, see {@link #row}
 * @param recipes model → setting → value
 * @param parts setting → the part of a recipe that it belongs to
 */
record PairsIsland(
        List<Model> models,
        List<SuiteOf> suites,
        List<Integer> shown,
        List<String> tests,
        List<List<@Nullable Object>> pairs,
        Map<String, Map<String, String>> recipes,
        Map<String, String> parts) {

    /** @param run the first run, whose samples stand for the model */
    record Model(String name, String run) {}

    /**
     * @param factor what a difference is multiplied with to be shown
     * @param digits behind the point, as shown
     */
    record SuiteOf(String name, String unit, String margin, boolean lower, double factor, int digits) {}

    static PairsIsland of(
            Experiment experiment, Comparison comparison, Leaderboard leaderboard, RecipeSettings settings) {
        List<String> names = leaderboard.rows().stream().map(Row::name).toList();
        List<String> suites = List.copyOf(experiment.suites().keySet());
        List<String> tests = comparison.pairs().stream()
                .map(pair -> pair.difference().test().label())
                .distinct()
                .toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Stream.concat(comparison.pairs().stream(), comparison.groups().stream())
                .forEach(pair -> rows.add(row(pair, names, suites, tests)));
        Map<String, String> parts = new LinkedHashMap<>();
        settings.keys().forEach(key -> parts.put(key, RecipePart.of(key).title()));
        return new PairsIsland(
                leaderboard.rows().stream()
                        .map(row -> new Model(row.name(), row.firstRun()))
                        .toList(),
                experiment.suites().entrySet().stream()
                        .map(entry -> suite(entry.getKey(), entry.getValue()))
                        .toList(),
                shown(leaderboard),
                tests,
                rows,
                settings.byRecipe(),
                parts);
    }

    /** The two best recipes; without two of them the first two rows. */
    private static List<Integer> shown(Leaderboard leaderboard) {
        List<Integer> recipes = new ArrayList<>();
        for (int i = 0; i < leaderboard.rows().size() && recipes.size() < 2; i++) {
            if (!leaderboard.rows().get(i).isBaseline()) {
                recipes.add(i);
            }
        }
        return recipes.size() == 2 ? recipes : List.of(leaderboard.rows().size() - 1, 0);
    }

    private static SuiteOf suite(String name, SuiteMetric metric) {
        return new SuiteOf(
                name,
                metric.scale().unit(),
                Differences.margin(metric),
                metric.lowerIsBetter(),
                Differences.shown(metric, 1),
                Differences.digits(metric));
    }

    /** Baseline, candidate, suite, group, verdict, mean, lo, hi, p, p after Holm, gained, lost, n, only one's, only the other's, test, items needed. */
    private static List<@Nullable Object> row(Pair pair, List<String> names, List<String> suites, List<String> tests) {
        var difference = pair.difference();
        List<@Nullable Object> row = new ArrayList<>(List.of(
                names.indexOf(pair.baseline()),
                names.indexOf(pair.candidate()),
                suites.indexOf(pair.suite()),
                pair.group(),
                pair.verdict().ordinal(),
                rounded(difference.mean()),
                rounded(difference.ci95().lo()),
                rounded(difference.ci95().hi())));
        row.addAll(List.of(
                significant(difference.p()),
                significant(pair.pHolm()),
                pair.gained(),
                pair.lost(),
                difference.n(),
                pair.onlyBaseline(),
                pair.onlyCandidate(),
                tests.indexOf(difference.test().label())));
        row.add(pair.itemsNeeded().isPresent() ? pair.itemsNeeded().getAsLong() : null);
        return row;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    private static double significant(double p) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3g", p));
    }
}
