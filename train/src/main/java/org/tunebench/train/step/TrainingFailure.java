package org.tunebench.train.step;

import java.util.List;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.StepRecord;
import org.tunebench.train.recipe.OptimizerSettings;

/** A run that cannot go on, e.g. because its loss is no longer finite. What was good is kept. */
public final class TrainingFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_EXAMPLES = 32;

    private TrainingFailure(String message) {
        super(message);
    }

    /** @param examples ids of those that the step was computed from */
    static TrainingFailure notFinite(StepRecord step, List<String> examples, OptimizerSettings optimizer) {
        int more = examples.size() - MOST_EXAMPLES;
        return new TrainingFailure("step " + step.step() + ": loss " + step.loss() + ", gradient norm "
                + step.gradNorm()
                + "; stopped before the weights were touched. The checkpoint holds the weights after step "
                + (step.step() - 1) + ". Lower optimizer.learning_rate (now " + optimizer.learningRate()
                + ") or look at the step's examples: "
                + String.join(", ", examples.subList(0, Math.min(MOST_EXAMPLES, examples.size())))
                + (more > 0 ? " and " + more + " more" : ""));
    }

    static TrainingFailure weightsNotFinite(int afterStep, OptimizerSettings optimizer) {
        return new TrainingFailure("the weights after step " + afterStep
                + " are not finite; they were not written. Lower optimizer.learning_rate (now "
                + optimizer.learningRate() + ") or optimizer.weight_decay");
    }

    static TrainingFailure heldOutLossNotFinite(EvaluationRecord evaluation) {
        return new TrainingFailure("the held-out loss after step " + evaluation.step() + " is " + evaluation.loss()
                + ": look at the examples held out, or lower optimizer.learning_rate");
    }
}
