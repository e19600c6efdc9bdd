package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.core.statistics.ClusterBootstrap;
import org.tunebench.core.statistics.CohenKappa;
import org.tunebench.core.statistics.FleissKappa;
import org.tunebench.core.statistics.KrippendorffAlpha;
import org.tunebench.core.statistics.KrippendorffAlpha.Level;

/** Agreement between raters on one dimension, over the units that two or more of them rated. */
final class BetweenRaters {
    private final int categories;
    private final Level level;
    private final Map<String, Map<String, Integer>> units = new LinkedHashMap<>();
    private final Map<String, String> promptOf = new LinkedHashMap<>();
    private final List<String> raters;

    private BetweenRaters(List<GivenValue> values, int categories, Level level) {
        this.categories = categories;
        this.level = level;
        for (GivenValue value : values) {
            units.computeIfAbsent(value.unit(), u -> new TreeMap<>()).put(value.rater(), value.value());
            promptOf.put(value.unit(), value.prompt());
        }
        raters = values.stream().map(GivenValue::rater).distinct().sorted().toList();
        units.values().removeIf(given -> given.size() < 2);
    }

    static RatingAgreement.OfDimension of(List<GivenValue> values, int categories, Level level) {
        return new BetweenRaters(values, categories, level).agreement();
    }

    private RatingAgreement.OfDimension agreement() {
        Map<String, double[][]> byPrompt = new LinkedHashMap<>();
        units.forEach((unit, given) -> KrippendorffAlpha.addCoincidences(
                values(given),
                1,
                byPrompt.computeIfAbsent(promptOf.getOrDefault(unit, ""), p -> new double[categories][categories])));
        List<double[][]> clusters = List.copyOf(byPrompt.values());
        int[] once = new int[clusters.size()];
        Arrays.fill(once, 1);
        Map<String, Double> alphas = new LinkedHashMap<>();
        for (Level each : level == Level.NOMINAL ? List.of(Level.NOMINAL) : List.of(Level.values())) {
            alpha(clusters, once, each).ifPresent(a -> alphas.put(name(each), a));
        }
        Double value = alphas.get(name(level));
        Metric alpha = value == null
                ? null
                : ClusterBootstrap.estimate(
                        value, clusters.size(), RatingStatistics.DRAWS, times -> alpha(clusters, times, level));
        return new RatingAgreement.OfDimension(
                name(level),
                units.size(),
                units.values().stream().mapToInt(Map::size).sum(),
                alpha,
                alphas,
                boxed(fleiss()),
                boxed(equalShare()),
                pairs());
    }

    private OptionalDouble alpha(List<double[][]> clusters, int[] times, Level of) {
        double[][] sum = new double[categories][categories];
        for (int cluster = 0; cluster < times.length; cluster++) {
            for (int c = 0; times[cluster] > 0 && c < categories; c++) {
                for (int k = 0; k < categories; k++) {
                    sum[c][k] += times[cluster] * clusters.get(cluster)[c][k];
                }
            }
        }
        return KrippendorffAlpha.of(sum, of);
    }

    private OptionalDouble fleiss() {
        List<int[]> counts = new ArrayList<>();
        for (Map<String, Integer> given : units.values()) {
            if (given.size() == raters.size()) {
                int[] unit = new int[categories];
                given.values().forEach(value -> unit[value]++);
                counts.add(unit);
            }
        }
        return FleissKappa.of(counts);
    }

    private OptionalDouble equalShare() {
        double equal = 0;
        double all = 0;
        for (Map<String, Integer> given : units.values()) {
            int[] values = values(given);
            for (int i = 0; i < values.length; i++) {
                for (int j = i + 1; j < values.length; j++) {
                    equal += values[i] == values[j] ? 1 : 0;
                    all++;
                }
            }
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(equal / all);
    }

    private List<RatingAgreement.Pair> pairs() {
        List<RatingAgreement.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < raters.size(); i++) {
            for (int j = i + 1; j < raters.size(); j++) {
                String rater = raters.get(i);
                String other = raters.get(j);
                List<Map<String, Integer>> common = units.values().stream()
                        .filter(given -> given.containsKey(rater) && given.containsKey(other))
                        .toList();
                int[] first =
                        common.stream().mapToInt(g -> g.getOrDefault(rater, 0)).toArray();
                int[] second =
                        common.stream().mapToInt(g -> g.getOrDefault(other, 0)).toArray();
                CohenKappa.agreement(first, second)
                        .ifPresent(agreement -> pairs.add(new RatingAgreement.Pair(
                                rater,
                                other,
                                first.length,
                                agreement,
                                kappa(first, second, CohenKappa.Weights.NONE),
                                kappa(first, second, CohenKappa.Weights.LINEAR),
                                kappa(first, second, CohenKappa.Weights.QUADRATIC))));
            }
        }
        return pairs;
    }

    private @Nullable Double kappa(int[] first, int[] second, CohenKappa.Weights weights) {
        boolean weighted = weights != CohenKappa.Weights.NONE;
        return weighted && level == Level.NOMINAL ? null : boxed(CohenKappa.of(first, second, weights));
    }

    private static int[] values(Map<String, Integer> given) {
        return given.values().stream().mapToInt(v -> v).toArray();
    }

    private static String name(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
