package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.statistics.CohenKappa;

/**
 * Which of two responses is better, in a judge's eyes and the raters'. The judge's word is what it said of the pair, or,
 * where it compared none, the higher rating; so is the raters', by the majority of their choices.
 */
final class JudgePairs {
    private JudgePairs() {}

    /**
     * Empty, as {@code null}, where they have no pair in common.
     *
     * @param judged prompt and model → the judge's rating
     * @param games pairs that the judge compared
     */
    static JudgeAgreement.@Nullable Pairs of(Ratings ratings, Map<String, Double> judged, List<Comparison> games) {
        Map<String, Double> human = new LinkedHashMap<>();
        JudgeComparison.human(ratings.rows())
                .forEach((unit, means) -> human.put(unit, means.getOrDefault(JudgeComparison.OVERALL, 0.0)));
        Map<String, Integer> judges = games.isEmpty() ? better(judged) : Comparison.votes(games);
        Map<String, Integer> raters = better(human);
        raters.putAll(Comparison.votes(Comparison.ofPairs(ratings.preferences())));
        List<int[]> said = new ArrayList<>();
        judges.forEach((pair, judge) -> {
            Integer rater = raters.get(pair);
            if (rater != null) {
                said.add(new int[] {Integer.signum(judge), Integer.signum(rater)});
            }
        });
        return said.isEmpty() ? null : agreement(said);
    }

    private static JudgeAgreement.Pairs agreement(List<int[]> said) {
        List<int[]> decided = said.stream().filter(s -> s[0] != 0 && s[1] != 0).toList();
        return new JudgeAgreement.Pairs(
                said.size(),
                CohenKappa.agreement(of(said, 0), of(said, 1)).orElseThrow(),
                decided.size(),
                boxed(CohenKappa.agreement(of(decided, 0), of(decided, 1))),
                boxed(CohenKappa.of(of(said, 0), of(said, 1), CohenKappa.Weights.NONE)));
    }

    /** Every two responses to one prompt, as {@link Comparison#pair} → above 0 where the first model's has the higher value. */
    private static Map<String, Integer> better(Map<String, Double> values) {
        Map<String, Map<String, Double>> byPrompt = new LinkedHashMap<>();
        values.forEach((unit, value) -> {
            int end = unit.lastIndexOf('\n');
            byPrompt.computeIfAbsent(unit.substring(0, end), p -> new LinkedHashMap<>())
                    .put(unit.substring(end + 1), value);
        });
        Map<String, Integer> better = new LinkedHashMap<>();
        byPrompt.forEach((prompt, models) -> models.forEach((first, one) -> models.forEach((second, other) -> {
            if (first.compareTo(second) < 0) {
                better.put(prompt + "\n" + first + "\n" + second, Double.compare(one, other));
            }
        })));
        return better;
    }

    private static int[] of(List<int[]> said, int side) {
        return said.stream().mapToInt(s -> s[side]).toArray();
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
