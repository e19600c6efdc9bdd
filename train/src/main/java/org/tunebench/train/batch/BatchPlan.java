package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.train.recipe.Recipe;

/**
 * The optimizer steps of a run. Any step can be asked for in any order: it depends on the recipe, the examples and its own
 * number alone, so that a resumed run goes on anywhere. Each epoch draws and shuffles anew by seed; no step reaches over
 * the end of an epoch.
 */
public final class BatchPlan {
    private final Recipe recipe;
    private final TokenizedExamples examples;
    private final EpochOrder order;
    /** The number of the first step of each epoch, as far as they are known; the last entry is that of the next epoch. */
    private final List<Integer> firstSteps = new ArrayList<>(List.of(0));

    private final int steps;
    private int plannedEpoch = -1;
    private @Nullable EpochPlan planned;

    private BatchPlan(Recipe recipe, List<TokenizedExample> examples) {
        this.recipe = recipe;
        this.examples = TokenizedExamples.of(examples);
        this.order = new EpochOrder(recipe, this.examples);
        if (planEpoch(0).steps() == 0) {
            throw new InputException(
                    "the weights draw no example for an epoch",
                    "recipe " + recipe.name(),
                    "Raise the weights of its data entries or give more data");
        }
        if (recipe.steps() != null) {
            this.steps = recipe.steps();
        } else {
            int epochs = recipe.epochs() == null ? 1 : recipe.epochs();
            while (firstSteps.size() <= epochs) {
                planEpoch(firstSteps.size() - 1);
            }
            this.steps = firstSteps.get(epochs);
        }
    }

    /**
     * @param examples at least one
     * @throws InputException when weights below 1 leave nothing of them
     */
    public static BatchPlan of(Recipe recipe, List<TokenizedExample> examples) {
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("no examples");
        }
        return new BatchPlan(recipe, examples);
    }

    /** Optimizer steps of the run. */
    public int steps() {
        return steps;
    }

    /** Indices of the examples of which no step sees any piece, for the mixture's task_limit. */
    public BitSet beyondTaskLimit() {
        return (BitSet) order.beyondTaskLimit().clone();
    }

    /** The epoch of a step, counted from 0. */
    public synchronized int epoch(int step) {
        if (step < 0 || step >= steps) {
            throw new IndexOutOfBoundsException("step " + step + " of " + steps);
        }
        while (firstSteps.get(firstSteps.size() - 1) <= step) {
            planEpoch(firstSteps.size() - 1);
        }
        int epoch = firstSteps.size() - 2;
        while (firstSteps.get(epoch) > step) {
            epoch--;
        }
        return epoch;
    }

    /** The examples of a step, counted from 0, in the order of its rows. */
    public synchronized int[] examplesOf(int step) {
        int epoch = epoch(step);
        EpochPlan plan = planEpoch(epoch);
        int number = step - firstSteps.get(epoch);
        return plan.examples(plan.firstRows()[number], plan.firstRows()[number + 1]);
    }

    /** The examples of an epoch, counted from 0 and not bounded by the run's steps, in the order of its rows. */
    public synchronized int[] examplesOfEpoch(int epoch) {
        EpochPlan plan = EpochPlan.of(recipe, examples, order.of(epoch));
        return plan.examples(0, plan.rows().count());
    }

    /** The batches of a step, counted from 0. */
    public synchronized OptimizerStep step(int step) {
        int epoch = epoch(step);
        EpochPlan plan = planEpoch(epoch);
        int number = step - firstSteps.get(epoch);
        List<Row> rows = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int r = plan.firstRows()[number]; r < plan.firstRows()[number + 1]; r++) {
            Row row = new Row(plan.rows().row(r).mapToObj(examples::get).toList());
            plan.rows().row(r).forEach(indices::add);
            row.examples().forEach(e -> ids.add(e.id()));
            rows.add(row);
        }
        int length = EpochPlan.length(
                recipe, rows.stream().mapToInt(Row::length).max().orElse(0));
        int micro = microBatchRows();
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += micro) {
            batches.add(Batch.of(rows.subList(from, Math.min(rows.size(), from + micro)), micro, length));
        }
        return new OptimizerStep(batches, indices, ids);
    }

    /** Rows of every micro-batch of the run: at most the recipe's, and evened out so that few rows are padding. */
    public int microBatchRows() {
        int rows = recipe.batchSize() != null
                ? recipe.batchSize()
                : recipe.batchTokens() != null && recipe.packing()
                        ? recipe.batchTokens() / recipe.maxLength()
                        : recipe.microBatchSize();
        int batches = (rows + recipe.microBatchSize() - 1) / recipe.microBatchSize();
        return (rows + batches - 1) / batches;
    }

    private EpochPlan planEpoch(int epoch) {
        EpochPlan plan = planned;
        if (plan == null || plannedEpoch != epoch) {
            plan = EpochPlan.of(recipe, examples, order.of(epoch));
            planned = plan;
            plannedEpoch = epoch;
            if (firstSteps.size() == epoch + 1) {
                firstSteps.add(firstSteps.get(epoch) + plan.steps());
            }
        }
        return plan;
    }
}
