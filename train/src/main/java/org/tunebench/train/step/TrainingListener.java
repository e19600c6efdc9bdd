package org.tunebench.train.step;

import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.RunRecord.TrainingTotals;
import org.tunebench.core.record.StepRecord;

/** Told of a run's progress, and asked whether it is to go on. */
public interface TrainingListener {
    /** Data has been read. @param summary one line for each source and one for the tokens */
    void prepared(String summary, int totalSteps);

    /** A step has been taken. */
    void step(StepRecord step, int totalSteps);

    /** The held-out loss has been computed. */
    default void evaluated(EvaluationRecord evaluation, int totalSteps) {}

    /** The checkpoint is written. */
    default void finished(TrainingTotals totals, int totalSteps) {}

    /** Whether the run is to save its state and stop; asked between steps. */
    default boolean stopRequested() {
        return false;
    }

    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {
        @Override
        public void prepared(String summary, int totalSteps) {}

        @Override
        public void step(StepRecord step, int totalSteps) {}
    };
}
