package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tunebench.train.recipe.Recipe;

/** Held-out examples as batches: each example once, of like length together, in an order that depends on nothing else. */
public final class EvaluationBatches {
    private EvaluationBatches() {}

    /** Batches of at most the recipe's micro-batch size. */
    public static List<Batch> of(Recipe recipe, List<TokenizedExample> examples) {
        List<TokenizedExample> sorted = examples.stream()
                .sorted(Comparator.comparingInt(TokenizedExample::length))
                .toList();
        int rows = Math.min(recipe.microBatchSize(), sorted.size());
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += rows) {
            List<Row> some = sorted.subList(from, Math.min(sorted.size(), from + rows)).stream()
                    .map(e -> new Row(List.of(e)))
                    .toList();
            int longest = some.get(some.size() - 1).length();
            batches.add(Batch.of(some, rows, EpochPlan.bucket(recipe, longest)));
        }
        return batches;
    }
}
