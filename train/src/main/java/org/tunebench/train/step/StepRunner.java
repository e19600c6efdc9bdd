package org.tunebench.train.step;

/**
 * Takes optimizer steps and keeps the training state between them, where it computes. One runner serves one run, one call
 * at a time: {@link #load}, then {@link #run} as often as there are chunks, {@link #state} wherever a copy is wanted.
 */
interface StepRunner extends AutoCloseable {
    /**
     * What the steps of one call have come to.
     *
     * @param losses before each update
     * @param gradientNorms the global L2 norm, before clipping
     */
    record Outcome(float[] losses, float[] gradientNorms) {}

    /**
     * Sets the state.
     *
     * @param stepsTaken optimizer steps that have led to it
     */
    void load(FlatState start, int stepsTaken);

    /**
     * Takes the steps of a chunk, one after the other. From the first step on whose loss or gradient norm is not finite
     * the state stays as it was before that step.
     */
    Outcome run(StepChunk chunk);

    /** A copy of the state. */
    FlatState state();

    @Override
    void close();
}
