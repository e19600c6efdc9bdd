package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.core.record.Ratings;

/** What the rows that test a rater say of them: those that came twice, and those whose right rating is known. */
final class RaterChecks {
    /** Two values that ought to be the same. */
    private record Match(int value, int expected) {}

    private RaterChecks() {}

    static Map<String, RatingAgreement.Consistency> consistency(Ratings ratings, String rater) {
        Map<String, List<Match>> matches = new LinkedHashMap<>();
        for (String dimension : ratings.dimensions()) {
            match(
                    dimension,
                    own(GivenValue.ofRatings(ratings.checks().ratings(), dimension), rater),
                    own(GivenValue.ofRatings(ratings.rows(), dimension), rater),
                    matches);
        }
        match(
                RatingStatistics.PREFERENCE,
                own(GivenValue.ofPreferences(ratings.checks().preferences()), rater),
                own(GivenValue.ofPreferences(ratings.preferences()), rater),
                matches);
        Map<String, RatingAgreement.Consistency> consistency = new LinkedHashMap<>();
        matches.forEach((what, of) ->
                consistency.put(what, new RatingAgreement.Consistency(of.size(), equalShare(of), distance(what, of))));
        return consistency;
    }

    static Map<String, RatingAgreement.GoldScore> gold(Ratings ratings, String rater) {
        Map<String, List<Match>> matches = new LinkedHashMap<>();
        for (Ratings.Gold gold : ratings.checks().gold()) {
            if (!gold.rater().equals(rater)) {
                continue;
            }
            gold.expected().forEach((dimension, expected) -> {
                Integer rating = gold.ratings().get(dimension);
                if (rating != null) {
                    matches.computeIfAbsent(dimension, d -> new ArrayList<>()).add(new Match(rating, expected));
                }
            });
            if (gold.expectedChoice() != null && gold.choice() != null) {
                matches.computeIfAbsent(RatingStatistics.PREFERENCE, d -> new ArrayList<>())
                        .add(new Match(
                                gold.choice().ordinal(), gold.expectedChoice().ordinal()));
            }
        }
        Map<String, RatingAgreement.GoldScore> scores = new LinkedHashMap<>();
        matches.forEach((what, of) ->
                scores.put(what, new RatingAgreement.GoldScore(of.size(), equalShare(of), distance(what, of))));
        return scores;
    }

    private static List<GivenValue> own(List<GivenValue> values, String rater) {
        return values.stream().filter(v -> v.rater().equals(rater)).toList();
    }

    private static void match(
            String what, List<GivenValue> again, List<GivenValue> before, Map<String, List<Match>> matches) {
        Map<String, Integer> first = new HashMap<>();
        before.forEach(v -> first.put(v.unit(), v.value()));
        for (GivenValue value : again) {
            Integer expected = first.get(value.unit());
            if (expected != null) {
                matches.computeIfAbsent(what, d -> new ArrayList<>()).add(new Match(value.value(), expected));
            }
        }
    }

    private static double equalShare(List<Match> matches) {
        return (double) matches.stream().filter(m -> m.value() == m.expected()).count() / matches.size();
    }

    private static @Nullable Double distance(String what, List<Match> matches) {
        return what.equals(RatingStatistics.PREFERENCE)
                ? null
                : matches.stream()
                        .mapToInt(m -> Math.abs(m.value() - m.expected()))
                        .average()
                        .orElseThrow();
    }
}
