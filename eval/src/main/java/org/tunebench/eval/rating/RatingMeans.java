package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.statistics.RatioEstimate;

/** Mean ratings by model and dimension. Ratings of one prompt vary together, so the standard error is clustered by prompt. */
final class RatingMeans {
    private RatingMeans() {}

    static Map<String, Ratings.OfModel> byModel(List<Ratings.Row> rows) {
        Map<String, List<Ratings.Row>> byModel = new TreeMap<>();
        for (Ratings.Row row : rows) {
            byModel.computeIfAbsent(row.model(), m -> new ArrayList<>()).add(row);
        }
        Map<String, Ratings.OfModel> means = new LinkedHashMap<>();
        byModel.forEach((model, own) -> means.put(model, ofModel(own)));
        return means;
    }

    private static Ratings.OfModel ofModel(List<Ratings.Row> rows) {
        Map<String, Metric> means = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String dimension : Dimension.ids()) {
            Map<String, List<Integer>> byPrompt = new LinkedHashMap<>();
            for (Ratings.Row row : rows) {
                Integer rating = row.ratings().get(dimension);
                if (rating != null) {
                    byPrompt.computeIfAbsent(row.prompt(), p -> new ArrayList<>())
                            .add(rating);
                }
            }
            if (!byPrompt.isEmpty()) {
                double[] sums = byPrompt.values().stream()
                        .mapToDouble(own -> own.stream().mapToInt(r -> r).sum())
                        .toArray();
                double[] sizes =
                        byPrompt.values().stream().mapToDouble(List::size).toArray();
                means.put(dimension, RatioEstimate.of(sums, sizes));
                counts.put(
                        dimension,
                        byPrompt.values().stream().mapToInt(List::size).sum());
            }
        }
        int prompts = (int) rows.stream().map(Ratings.Row::prompt).distinct().count();
        return new Ratings.OfModel(rows.size(), prompts, means, counts);
    }
}
