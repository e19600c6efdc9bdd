package org.tunebench.train.recipe;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.DataSource;

/**
 * Evaluation during training: the loss on examples that are not trained on, and when to stop for it. The keys are those of
 * transformers' TrainingArguments and EarlyStoppingCallback.
 *
 * @param share the part of each data entry's examples that is held out, drawn by the recipe's seed; null where
 *     {@code data} says it
 * @param data files to evaluate on, read without the recipe's filters; null where {@code share} says it
 * @param evalSteps optimizer steps from one evaluation to the next; below 1 a part of all steps. After the last step there
 *     is always one
 * @param earlyStoppingPatience evaluations in a row without a better loss after which training ends; null: it never does
 * @param earlyStoppingThreshold how much lower, in nats a token, a loss must be to count as better for the patience
 * @param loadBestModelAtEnd whether the checkpoint holds the weights of the lowest held-out loss, not the last ones;
 *     default: where there is a patience
 */
public record EvaluationSettings(
        @Nullable Double share,
        @Nullable List<DataSource> data,
        Double evalSteps,
        @Nullable Integer earlyStoppingPatience,
        Double earlyStoppingThreshold,
        Boolean loadBestModelAtEnd) {

    public EvaluationSettings {
        if ((share == null) == (data == null)) {
            throw new IllegalArgumentException(
                    share == null
                            ? "evaluation holds out nothing: give it share or data"
                            : "share and data exclude each other");
        }
        if (share != null) {
            Range.above(0).below(1).check("share", share);
        }
        if (data != null) {
            data = List.copyOf(data);
            requireWhole(data);
        }
        evalSteps = Range.above(0).to(100_000_000).check("eval_steps", evalSteps == null ? 0.1 : evalSteps);
        if (evalSteps > 1 && evalSteps != Math.rint(evalSteps)) {
            throw new IllegalArgumentException(
                    "eval_steps is " + evalSteps + ", must be a whole number of steps, or a part below 1");
        }
        if (earlyStoppingPatience != null) {
            Range.from(1).to(1_000_000).check("early_stopping_patience", earlyStoppingPatience);
        }
        earlyStoppingThreshold = Range.from(0)
                .to(1000)
                .check("early_stopping_threshold", earlyStoppingThreshold == null ? 0.0 : earlyStoppingThreshold);
        loadBestModelAtEnd = loadBestModelAtEnd == null ? earlyStoppingPatience != null : loadBestModelAtEnd;
    }

    private static void requireWhole(List<DataSource> data) {
        if (data.isEmpty()) {
            throw new IllegalArgumentException("data is an empty list: there would be nothing to evaluate on");
        }
        if (data.stream().anyMatch(d -> d.share() != null || d.weight() != 1)) {
            throw new IllegalArgumentException(
                    "data: an entry to evaluate on is taken once as a whole, without weight and share");
        }
    }

    /** Optimizer steps from one evaluation to the next in a run of so many steps: a part is rounded up. */
    public int stepsBetween(int totalSteps) {
        return (int) Math.max(1, evalSteps < 1 ? Math.ceil(evalSteps * totalSteps) : evalSteps);
    }
}
