package org.tunebench.train.step;

/**
 * The learning rate over a run, as transformers' get_cosine_schedule_with_warmup and its siblings: linear from 0 during
 * warm-up, then the shape, never under the floor.
 *
 * @param peak the highest rate
 * @param floor the lowest rate after warm-up, as a part of the peak
 */
record Schedule(Shape shape, double peak, double floor, int warmupSteps, int totalSteps) {
    enum Shape {
        COSINE,
        LINEAR,
        CONSTANT
    }

    /** @param step from 1; as in transformers the first step of a warm-up has rate 0 */
    double learningRate(int step) {
        int before = step - 1;
        if (before < warmupSteps) {
            return peak * before / warmupSteps;
        }
        double progress = (double) (before - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        double part = switch (shape) {
            case COSINE -> (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2;
            case LINEAR -> Math.max(0, 1 - progress);
            case CONSTANT -> 1;
        };
        return peak * (floor + (1 - floor) * part);
    }
}
