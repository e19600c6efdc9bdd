package org.tunebench.train.step;

/** A run that was asked to stop, and has: its state is saved, {@code --resume} goes on with the next step. */
public final class TrainingInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingInterrupted(int steps, int total) {
        super("stopped after step " + steps + " of " + total);
    }
}
