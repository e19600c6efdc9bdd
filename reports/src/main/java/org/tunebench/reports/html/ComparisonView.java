package org.tunebench.reports.html;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Differences;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.comparison.Pair;
import org.tunebench.reports.comparison.Verdict;
import org.tunebench.reports.leaderboard.Figures;

/**
 * The comparison of every pair as the page shows it.
 *
 * @param findings the clearest differences between recipes, in sentences
 */
record ComparisonView(String summary, List<String> findings, List<Line> pairs) {
    private static final int FINDINGS = 8;

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
            String pHolm,
            String pHolmSort,
            String verdict,
            String words,
            String common,
            String needed) {}

    static ComparisonView of(Experiment experiment, Comparison comparison) {
        Map<String, String> runs = new LinkedHashMap<>();
        experiment.candidates().forEach(c -> runs.put(c.name(), c.runs().get(0).name()));
        List<String> bases = experiment.candidates().stream()
                .filter(c -> c.isBaseline())
                .map(c -> c.name())
                .toList();
        Map<String, IntervalBar.Scale> scales = comparison.pairs().stream()
                .collect(Collectors.groupingBy(
                        Pair::suite,
                        Collectors.collectingAndThen(
                                Collectors.mapping(pair -> pair.difference().ci95(), Collectors.toList()),
                                IntervalBar.Scale::aboutZero)));
        return new ComparisonView(
                summary(experiment, comparison),
                findings(comparison, bases),
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
        return comparison.pairs().size() + " comparisons on common items: "
                + count(comparison, Verdict.BETTER, Verdict.WORSE)
                + " decided, " + count(comparison, Verdict.SAME) + " the same, "
                + count(comparison, Verdict.UNDECIDED) + " undecided.";
    }

    private static long count(Comparison comparison, Verdict... verdicts) {
        return comparison.pairs().stream()
                .filter(pair -> List.of(verdicts).contains(pair.verdict()))
                .count();
    }

    private static List<String> findings(Comparison comparison, List<String> bases) {
        return comparison.pairs().stream()
                .filter(pair -> pair.verdict() == Verdict.BETTER || pair.verdict() == Verdict.WORSE)
                .sorted(Comparator.comparing((Pair pair) -> bases.contains(pair.baseline()))
                        .thenComparing(Pair::pHolm))
                .limit(FINDINGS)
                .map(Pair::sentence)
                .toList();
    }

    private static Line line(
            Pair pair, Map<String, String> runs, boolean besideBase, Map<String, IntervalBar.Scale> scales) {
        var difference = pair.difference();
        IntervalBar.Scale scale = Objects.requireNonNull(scales.get(pair.suite()));
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
                Figures.p(pair.pHolm()),
                Double.toString(pair.pHolm()),
                pair.verdict().name().toLowerCase(Locale.ROOT),
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
