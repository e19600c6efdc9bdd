package org.tunebench.train.step;

/** A run that cannot go on, e.g. because its loss is no longer finite. What was good is kept. */
public final class TrainingFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingFailure(String message) {
        super(message);
    }
}
