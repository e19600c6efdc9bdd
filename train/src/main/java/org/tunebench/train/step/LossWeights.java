package org.tunebench.train.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/**
 * How much each supervised token of an optimizer step counts in its loss {@code Σ w · −log p}. The weights of a step add up to
 * 1 whatever the micro-batches are, so accumulating them is the same as one large batch.
 */
final class LossWeights {
    private LossWeights() {}

    /** The sequence that a position belongs to: packed examples of one row are sequences of their own. */
    private record Sequence(int microBatch, int row, long segment) {}

    /**
     * @return for each micro-batch the weights of its supervised positions, in the order of the positions
     */
    static List<double[]> of(Recipe.Loss loss, OptimizerStep step) {
        Map<Sequence, Integer> supervised = new HashMap<>();
        List<List<Sequence>> sequences = new ArrayList<>();
        for (int m = 0; m < step.microBatches().size(); m++) {
            Batch batch = step.microBatches().get(m);
            List<Sequence> ofBatch = new ArrayList<>();
            for (int i = 0; i < batch.labels().length; i++) {
                if (batch.labels()[i] != Batch.IGNORED) {
                    Sequence sequence = new Sequence(m, i / batch.length(), batch.segments()[i]);
                    supervised.merge(sequence, 1, Integer::sum);
                    ofBatch.add(sequence);
                }
            }
            sequences.add(ofBatch);
        }
        double tokens = step.supervisedTokens();
        return sequences.stream()
                .map(ofBatch -> ofBatch.stream()
                        .mapToDouble(sequence -> switch (loss) {
                            case TOKEN_MEAN -> 1 / tokens;
                            case SEQUENCE_MEAN -> 1.0 / supervised.size() / supervised.getOrDefault(sequence, 1);
                        })
                        .toArray())
                .toList();
    }
}
