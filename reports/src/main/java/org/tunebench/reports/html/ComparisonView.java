package org.tunebench.reports.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.tunebench.reports.run.SuiteMetric;

/**
 * The comparison of every pair as the page shows it.
 *
 * @param margins within which two models are the same, of the metrics that are there
 * @param documents whether a suite is compared by the means of its documents
 * @param differing who is better than whom at the strict level
 */
record ComparisonView(
        String summary,
        String margins,
        boolean documents,
        MatrixView matrix,
        String strict,
        List<DifferingLine> differing,
        List<Line> pairs) {

    /** @param suites with the size of the difference */
    record DifferingLine(String better, String worse, String route, List<String> suites) {}

    /**
     * @param route both models side by side
     * @param gainedRoute the samples, of the first run each, on which the candidate is the better one
     * @param common how many items both answered, and how many only one did
     */
    record Line(
            String baseline,
            String candidate,
            String anchor,
            String route,
            String gainedRoute,
            String lostRoute,
            String suite,
            String difference,
            String differenceSort,
            String interval,
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
        return new ComparisonView(
                summary(experiment, comparison),
                margins(experiment),
                experiment.suites().values().stream()
                        .anyMatch(metric -> metric.scale() == SuiteMetric.Scale.PERPLEXITY),
                MatrixView.of(comparison, leaderboard),
                Double.toString(Verdict.STRICT),
                comparison.differing(Verdict.STRICT).stream()
                        .map(ComparisonView::differing)
                        .toList(),
                comparison.pairs().stream().map(pair -> line(pair, runs)).toList());
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

    private static long count(Comparison comparison, Verdict... verdicts) {
        return comparison.pairs().stream()
                .filter(pair -> List.of(verdicts).contains(pair.verdict()))
                .count();
    }

    private static DifferingLine differing(Differing differing) {
        return new DifferingLine(
                differing.better(),
                differing.worse(),
                Anchor.route("compare", differing.better(), differing.worse()),
                differing.pairs().stream()
                        .map(pair -> pair.suite() + " by " + pair.size())
                        .toList());
    }

    private static Line line(Pair pair, Map<String, String> runs) {
        var difference = pair.difference();
        String suite = pair.suite();
        String baselineRun = runs.getOrDefault(pair.baseline(), "");
        String candidateRun = runs.getOrDefault(pair.candidate(), "");
        return new Line(
                pair.baseline(),
                pair.candidate(),
                Anchor.of("pair", pair.candidate(), pair.baseline(), suite),
                Anchor.route("compare", pair.candidate(), pair.baseline()),
                Anchor.route("samples", suite, baselineRun, candidateRun, "gained"),
                Anchor.route("samples", suite, baselineRun, candidateRun, "lost"),
                suite,
                (Differences.signed(pair.metric(), difference.mean()) + " "
                                + pair.metric().scale().unit())
                        .strip(),
                Double.toString(Differences.shown(pair.metric(), difference.mean())),
                Differences.signed(pair.metric(), difference.ci95().lo()) + " to "
                        + Differences.signed(pair.metric(), difference.ci95().hi()),
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
                needed(pair));
    }

    /** All that are needed, and how many more than there are. */
    private static String needed(Pair pair) {
        if (pair.itemsNeeded().isEmpty()) {
            return "";
        }
        long needed = pair.itemsNeeded().getAsLong();
        long more = needed - pair.difference().n();
        return count(needed) + (more > 0 ? ", " + count(more) + " more" : "");
    }

    private static String count(long count) {
        return Figures.count(OptionalDouble.of((double) count));
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
