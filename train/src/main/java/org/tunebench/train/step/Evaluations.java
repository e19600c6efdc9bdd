package org.tunebench.train.step;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.train.batch.EvaluationBatches;
import org.tunebench.train.recipe.EvaluationSettings;

/** The evaluations of a run and what follows from them: which weights are kept, when to stop. Without settings, nothing. */
final class Evaluations implements AutoCloseable {
    private final @Nullable EvaluationSettings settings;
    private final @Nullable HeldOutLoss loss;
    private TrainingState.@Nullable Best best;

    private Evaluations(
            @Nullable EvaluationSettings settings, @Nullable HeldOutLoss loss, TrainingState.@Nullable Best best) {
        this.settings = settings;
        this.loss = loss;
        this.best = best;
    }

    /** @param best of a run that is gone on with */
    static Evaluations open(TrainingJob job, Preparation prepared, TrainingState.@Nullable Best best) {
        HeldOutExamples heldOut = prepared.heldOut();
        HeldOutLoss loss = heldOut == null
                ? null
                : HeldOutLoss.open(
                        job,
                        EvaluationBatches.of(job.recipe(), heldOut.tokenized().examples()));
        return new Evaluations(job.recipe().evaluation(), loss, best);
    }

    /**
     * Evaluates after the steps so far.
     *
     * @param parameters the weights now, [P]
     * @throws TrainingFailure where the held-out loss is not finite
     */
    void add(History history, Supplier<float[]> parameters) {
        if (loss == null || settings == null) {
            return;
        }
        float[] now = parameters.get();
        EvaluationRecord evaluation = loss.after(history.steps(), now);
        if (!Double.isFinite(evaluation.loss())) {
            throw TrainingFailure.heldOutLossNotFinite(evaluation);
        }
        history.add(evaluation);
        if (settings.loadBestModelAtEnd() && evaluation.equals(EarlyStopping.best(history.evaluations()))) {
            best = new TrainingState.Best(history.steps(), now);
        }
    }

    boolean sayStop(History history) {
        return settings != null && EarlyStopping.of(settings).stopsAfter(history.evaluations());
    }

    /** The weights that the checkpoint is to hold; null for the last ones. */
    TrainingState.@Nullable Best best() {
        return best;
    }

    @Override
    public void close() {
        if (loss != null) {
            loss.close();
        }
    }
}
