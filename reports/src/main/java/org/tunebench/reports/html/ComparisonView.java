package org.tunebench.reports.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Differences;
import org.tunebench.reports.comparison.Differing;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.comparison.Pair;
import org.tunebench.reports.comparison.Verdict;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.Row;

/**
 * The comparison of every pair as the page shows it.
 *
 * @param margins within which two models are the same, of the metrics that are there
 * @param shown the pair that the table shows first: the two best recipes, or all pairs where there is one recipe
 * @param differing who is better than whom at the strict level
 */
record ComparisonView(
        String summary,
        String margins,
        List<String> shown,
        MatrixView matrix,
        String strict,
        List<DifferingLine> differing,
        List<Line> pairs) {

    /** @param suites with the size of the difference */
    record DifferingLine(String better, String worse, List<String> suites) {}

    /**
     * @param candidateRun the run whose samples stand for the candidate in the explorer
     * @param common how many items both answered, and how many only one did
     */
    record Line(
            String baseline,
            String candidate,
            String baselineRun,
            String candidateRun,
            boolean besideBase,
            String suite,
            String difference,
            String differenceSort,
            String interval,
            IntervalBar bar,
            int gained,
            int lost,
            String test,
            String p,
            String pSort,
            String pHolm,
            String pHolmSort,
            String verdict,
            boolean strict,
            String words,
            String common,
            String needed) {}

    static ComparisonView of(Experiment experiment, Comparison comparison, Leaderboard leaderboard) {
        Map<String, String> runs = new LinkedHashMap<>();
        experiment.candidates().forEach(c -> runs.put(c.name(), c.runs().get(0).name()));
        List<String> bases = experiment.candidates().stream()
                .filter(c -> c.isBaseline())
                .map(c -> c.name())
                .toList();
        Map<List<Object>, IntervalBar.Scale> scales = comparison.pairs().stream()
                .collect(Collectors.groupingBy(
                        pair -> List.of(pair.suite(), bases.contains(pair.baseline())),
                        Collectors.collectingAndThen(
                                Collectors.mapping(pair -> pair.difference().ci95(), Collectors.toList()),
                                IntervalBar.Scale::aboutZero)));
        return new ComparisonView(
                summary(experiment, comparison),
                margins(experiment),
                shown(leaderboard),
                MatrixView.of(comparison, leaderboard),
                Double.toString(Verdict.STRICT),
                comparison.differing(Verdict.STRICT).stream()
                        .map(ComparisonView::differing)
                        .toList(),
                comparison.pairs().stream()
                        .map(pair -> line(pair, runs, bases.contains(pair.baseline()), scales))
                        .toList());
    }

    private static String summary(Experiment experiment, Comparison comparison) {
        if (experiment.candidates().size() < 2) {
            return "There is one model only, so there is nothing to compare.";
        }
        if (comparison.pairs().isEmpty()) {
            return "No two models have samples of the same items, so there is nothing to compare.";
        }
        long strict = comparison.differing(Verdict.STRICT).stream()
                .mapToLong(differing -> differing.pairs().size())
                .sum();
        return comparison.pairs().size() + " comparisons of two models on a suite: "
                + count(comparison, Verdict.BETTER, Verdict.WORSE)
                + " decided (p < " + Verdict.ALPHA + " after Holm’s correction; " + strict + " of them at p < "
                + Verdict.STRICT + "), " + count(comparison, Verdict.SAME) + " the same, "
                + count(comparison, Verdict.UNDECIDED) + " undecided.";
    }

    private static String margins(Experiment experiment) {
        return experiment.suites().values().stream()
                .map(metric -> "±" + Differences.margin(metric))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static List<String> shown(Leaderboard leaderboard) {
        List<String> recipes = leaderboard.rows().stream()
                .filter(row -> !row.isBaseline())
                .map(Row::name)
                .limit(2)
                .toList();
        return recipes.size() == 2 ? recipes : List.of("", "");
    }

    private static long count(Comparison comparison, Verdict... verdicts) {
        return comparison.pairs().stream()
                .filter(pair -> List.of(verdicts).contains(pair.verdict()))
                .count();
    }

    private static DifferingLine differing(Differing differing) {
        return new DifferingLine(
                differing.better(),
                differing.worse(),
                differing.pairs().stream()
                        .map(pair -> pair.suite() + " by " + pair.size())
                        .toList());
    }

    private static Line line(
            Pair pair, Map<String, String> runs, boolean besideBase, Map<List<Object>, IntervalBar.Scale> scales) {
        var difference = pair.difference();
        IntervalBar.Scale scale = Objects.requireNonNull(scales.get(List.of(pair.suite(), besideBase)));
        return new Line(
                pair.baseline(),
                pair.candidate(),
                runs.getOrDefault(pair.baseline(), ""),
                runs.getOrDefault(pair.candidate(), ""),
                besideBase,
                pair.suite(),
                Differences.signed(pair.metric(), difference.mean()) + " "
                        + pair.metric().scale().unit(),
                Double.toString(Differences.shown(pair.metric(), difference.mean())),
                Differences.signed(pair.metric(), difference.ci95().lo()) + " to "
                        + Differences.signed(pair.metric(), difference.ci95().hi()),
                IntervalBar.of(scale, difference.mean(), difference.ci95()),
                pair.gained(),
                pair.lost(),
                difference.test().label(),
                Figures.p(difference.p()),
                Double.toString(difference.p()),
                Figures.p(pair.pHolm()),
                Double.toString(pair.pHolm()),
                pair.verdict().name().toLowerCase(Locale.ROOT),
                pair.pHolm() < Verdict.STRICT && pair.winner().isPresent(),
                words(pair),
                common(pair),
                pair.itemsNeeded().isPresent()
                        ? Figures.count(
                                OptionalDouble.of((double) pair.itemsNeeded().getAsLong()))
                        : "");
    }

    static String words(Pair pair) {
        return switch (pair.verdict()) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case SAME -> "same within ±" + Differences.margin(pair.metric());
            case UNDECIDED -> "undecided";
        };
    }

    private static String common(Pair pair) {
        int n = pair.difference().n();
        return pair.onlyBaseline() + pair.onlyCandidate() == 0
                ? Integer.toString(n)
                : n + " common; " + pair.onlyBaseline() + " only " + pair.baseline() + ", " + pair.onlyCandidate()
                        + " only " + pair.candidate();
    }
}
