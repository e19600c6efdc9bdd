package org.tunebench.reports.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.DataComposition;

/** A comparison for programs: one flat object a pair. */
final class ComparisonJson {
    private static final int SCHEMA = 1;

    private ComparisonJson() {}

    static Map<String, Object> of(Experiment experiment, Comparison comparison) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("alpha", Verdict.ALPHA);
        json.put("correction", "holm");
        json.put("differing", differing(comparison, Verdict.STRICT));
        json.put("pairs", comparison.pairs().stream().map(Line::of).toList());
        json.put("groups", comparison.groups().stream().map(Line::of).toList());
        json.put(
                "composition",
                experiment.candidates().stream().flatMap(Made::of).toList());
        json.put("notes", comparison.notes());
        return json;
    }

    /** The decided pairs of a stricter level, by name, for those who only want the outcome. */
    private static Map<String, Object> differing(Comparison comparison, double level) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("p_holm_below", level);
        json.put(
                "pairs",
                comparison.differing(level).stream()
                        .map(ComparisonJson::differing)
                        .toList());
        return json;
    }

    private static Map<String, Object> differing(Differing differing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("better", differing.better());
        json.put("worse", differing.worse());
        json.put("suites", differing.pairs().stream().map(Pair::suite).toList());
        return json;
    }

    /**
     * A part of what a recipe's steps were made of, the mean over its seeds.
     *
     * @param share of its supervised tokens
     */
    private record Made(
            String recipe,
            DataComposition.Kind kind,
            String name,
            double examples,
            double draws,
            double tokens,
            double supervisedTokens,
            double share) {
        static Stream<Made> of(Candidate candidate) {
            return Composition.of(candidate).shares().stream()
                    .map(s -> new Made(
                            candidate.name(),
                            s.kind(),
                            s.name(),
                            s.examples(),
                            s.draws(),
                            s.tokens(),
                            s.supervisedTokens(),
                            s.share()));
        }
    }

    /** @param itemsNeeded for an open case, with 80 % power at the observed difference */
    private record Line(
            String baseline,
            String candidate,
            String suite,
            @Nullable String group,
            String metric,
            int n,
            int onlyBaseline,
            int onlyCandidate,
            double difference,
            List<Double> ci95,
            String test,
            double p,
            double pHolm,
            int gained,
            int lost,
            String verdict,
            @Nullable Long itemsNeeded) {
        static Line of(Pair pair) {
            var difference = pair.difference();
            return new Line(
                    pair.baseline(),
                    pair.candidate(),
                    pair.suite(),
                    pair.group().isEmpty() ? null : pair.group(),
                    pair.metric().name(),
                    difference.n(),
                    pair.onlyBaseline(),
                    pair.onlyCandidate(),
                    difference.mean(),
                    List.of(difference.ci95().lo(), difference.ci95().hi()),
                    difference.test().label(),
                    difference.p(),
                    pair.pHolm(),
                    pair.gained(),
                    pair.lost(),
                    pair.verdict().name().toLowerCase(Locale.ROOT),
                    pair.itemsNeeded().isPresent() ? pair.itemsNeeded().getAsLong() : null);
        }
    }
}
