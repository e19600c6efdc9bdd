package org.tunebench.train.step;

/** Parameters and AdamW's moments, each as one vector [P] in the order of the layout. */
record FlatState(float[] parameters, float[] firstMoment, float[] secondMoment) {
    FlatState {
        if (firstMoment.length != parameters.length || secondMoment.length != parameters.length) {
            throw new IllegalArgumentException("moments of " + firstMoment.length + " and " + secondMoment.length
                    + " for " + parameters.length + " parameters");
        }
    }

    /** Whether every number is finite. */
    boolean finite() {
        return finite(parameters) && finite(firstMoment) && finite(secondMoment);
    }

    private static boolean finite(float[] values) {
        for (float x : values) {
            if (!Float.isFinite(x)) {
                return false;
            }
        }
        return true;
    }

    /** Parameters before the first step. */
    static FlatState start(float[] parameters) {
        return new FlatState(parameters, new float[parameters.length], new float[parameters.length]);
    }
}
