package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;
import org.tunebench.core.statistics.LinearTrend;
import org.tunebench.core.statistics.MeanEstimate;
import org.tunebench.core.statistics.RatioEstimate;

/** Each rater's habits: milder or stricter than the others, moving with time, consistent, right on gold items. */
final class RaterHabits {
    private static final double ROWS = 100;

    private final Ratings ratings;
    private final Map<String, List<GivenValue>> values = new LinkedHashMap<>();

    private RaterHabits(Ratings ratings) {
        this.ratings = ratings;
        for (String dimension : ratings.dimensions()) {
            values.put(dimension, GivenValue.ofRatings(ratings.rows(), dimension));
        }
    }

    static List<RatingAgreement.OfRater> of(Ratings ratings) {
        RaterHabits habits = new RaterHabits(ratings);
        return Stream.concat(
                        ratings.rows().stream().map(Ratings.Row::rater),
                        ratings.preferences().stream().map(Ratings.Preference::rater))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(habits::ofRater)
                .toList();
    }

    private RatingAgreement.OfRater ofRater(String rater) {
        Map<String, RatingAgreement.Drift> drift = new LinkedHashMap<>();
        values.forEach((dimension, given) -> drift(rater, given).ifPresent(d -> drift.put(dimension, d)));
        List<Ratings.Preference> compared = ratings.preferences().stream()
                .filter(p -> p.rater().equals(rater))
                .toList();
        return new RatingAgreement.OfRater(
                rater,
                (int) ratings.rows().stream()
                        .filter(r -> r.rater().equals(rater))
                        .count(),
                compared.size(),
                drift,
                RaterChecks.consistency(ratings, rater),
                RaterChecks.gold(ratings, rater),
                firstShare(compared));
    }

    /** Against the other raters of the same responses; where a rater has none in common, against the models' means. */
    private static Optional<RatingAgreement.Drift> drift(String rater, List<GivenValue> given) {
        Map<String, List<GivenValue>> others =
                given.stream().filter(v -> !v.rater().equals(rater)).collect(Collectors.groupingBy(GivenValue::unit));
        List<GivenValue> own =
                given.stream().filter(v -> v.rater().equals(rater)).toList();
        List<GivenValue> shared =
                own.stream().filter(v -> others.containsKey(v.unit())).toList();
        if (!shared.isEmpty()) {
            return Optional.of(drift("raters", shared, v -> mean(others.getOrDefault(v.unit(), List.of()))));
        }
        Map<String, List<GivenValue>> models = given.stream().collect(Collectors.groupingBy(GivenValue::model));
        return own.isEmpty()
                ? Optional.empty()
                : Optional.of(drift("model", own, v -> mean(models.getOrDefault(v.model(), List.of()))));
    }

    private static RatingAgreement.Drift drift(
            String against, List<GivenValue> own, ToDoubleFunction<GivenValue> level) {
        Map<String, List<Double>> byPrompt = new LinkedHashMap<>();
        List<double[]> placed = new ArrayList<>();
        for (GivenValue value : own) {
            double deviation = value.value() - level.applyAsDouble(value);
            byPrompt.computeIfAbsent(value.prompt(), p -> new ArrayList<>()).add(deviation);
            if (value.position() > 0) {
                placed.add(new double[] {value.position() / ROWS, deviation});
            }
        }
        Metric bias = RatioEstimate.of(
                byPrompt.values().stream()
                        .mapToDouble(d -> d.stream().mapToDouble(x -> x).sum())
                        .toArray(),
                byPrompt.values().stream().mapToDouble(List::size).toArray());
        Metric slope = LinearTrend.slope(
                        placed.stream().mapToDouble(p -> p[0]).toArray(),
                        placed.stream().mapToDouble(p -> p[1]).toArray())
                .orElse(null);
        return new RatingAgreement.Drift(against, own.size(), bias, slope);
    }

    private static double mean(List<GivenValue> values) {
        return values.stream().mapToInt(GivenValue::value).average().orElse(Double.NaN);
    }

    private static @Nullable Metric firstShare(List<Ratings.Preference> compared) {
        double[] first = compared.stream()
                .filter(p -> p.choice() == Choice.FIRST || p.choice() == Choice.SECOND)
                .mapToDouble(p -> p.choice() == Choice.FIRST ? 1 : 0)
                .toArray();
        return MeanEstimate.of(first).map(MeanEstimate::toMetric).orElse(null);
    }
}
