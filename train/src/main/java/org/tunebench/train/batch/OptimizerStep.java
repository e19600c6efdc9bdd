package org.tunebench.train.batch;

import java.util.List;

/**
 * What one update of the weights is computed from. The micro-batches have one shape; the loss is the sum over all of
 * them divided by {@link #supervisedTokens()}.
 *
 * @param examples the examples seen, as indices of what the plan was made from, in the order of the rows
 * @param exampleIds their ids
 */
public record OptimizerStep(List<Batch> microBatches, List<Integer> examples, List<String> exampleIds) {
    public OptimizerStep {
        microBatches = List.copyOf(microBatches);
        examples = List.copyOf(examples);
        exampleIds = List.copyOf(exampleIds);
    }

    /** Batches of which nobody asks what they are from. */
    public OptimizerStep(List<Batch> microBatches) {
        this(microBatches, List.of(), List.of());
    }

    public int supervisedTokens() {
        return microBatches.stream().mapToInt(Batch::supervisedTokens).sum();
    }

    public int realTokens() {
        return microBatches.stream().mapToInt(Batch::realTokens).sum();
    }

    /** Positions computed, padding included. */
    public int positions() {
        return microBatches.stream().mapToInt(b -> b.rows() * b.length()).sum();
    }
}
