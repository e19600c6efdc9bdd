package org.tunebench.train.step;

import org.tunebench.core.record.StepRecord;

/** Told of a run's progress. */
public interface TrainingListener {
    /** Data has been read. @param summary one line for each source and one for the tokens */
    void prepared(String summary, int totalSteps);

    /** A step has been taken. */
    void step(StepRecord step, int totalSteps);

    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {
        @Override
        public void prepared(String summary, int totalSteps) {}

        @Override
        public void step(StepRecord step, int totalSteps) {}
    };
}
