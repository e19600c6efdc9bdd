package org.tunebench.train.step;

/** Parameters and AdamW's moments, each as one vector [P] in the order of the layout. */
record FlatState(float[] parameters, float[] firstMoment, float[] secondMoment) {
    FlatState {
        if (firstMoment.length != parameters.length || secondMoment.length != parameters.length) {
            throw new IllegalArgumentException("moments of " + firstMoment.length + " and " + secondMoment.length
                    + " for " + parameters.length + " parameters");
        }
    }

    /** Parameters before the first step. */
    static FlatState start(float[] parameters) {
        return new FlatState(parameters, new float[parameters.length], new float[parameters.length]);
    }
}
