package org.tunebench.core.model;

/**
 * Rotary position embedding (Su et al. 2021): which angle each pair of a head's components turns by a position.
 *
 * @param theta the base, e.g. 10000
 * @param scaling how the frequencies are changed for longer contexts
 */
public record Rope(double theta, Scaling scaling) {

    /** How frequencies are changed. */
    public sealed interface Scaling {
        /** Not at all. */
        record None() implements Scaling {}

        /** All divided by one factor (position interpolation). */
        record Linear(double factor) implements Scaling {}

        /**
         * Llama 3.1: low frequencies divided by the factor, high ones kept, those between blended, as in transformers'
         * modeling_rope_utils.py.
         */
        record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContext)
                implements Scaling {}
    }

    /** Radians a position for each pair of components, [headSize / 2]. */
    public double[] inverseFrequencies(int headSize) {
        double[] frequencies = new double[headSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = scaled(1 / Math.pow(theta, 2.0 * i / headSize));
        }
        return frequencies;
    }

    private double scaled(double frequency) {
        if (scaling instanceof Scaling.Linear linear) {
            return frequency / linear.factor();
        } else if (scaling instanceof Scaling.Llama3 s) {
            double wavelength = 2 * Math.PI / frequency;
            if (wavelength < s.originalContext() / s.highFrequencyFactor()) {
                return frequency;
            }
            if (wavelength > s.originalContext() / s.lowFrequencyFactor()) {
                return frequency / s.factor();
            }
            double smooth = (s.originalContext() / wavelength - s.lowFrequencyFactor())
                    / (s.highFrequencyFactor() - s.lowFrequencyFactor());
            return (1 - smooth) * frequency / s.factor() + smooth * frequency;
        }
        return frequency;
    }
}
