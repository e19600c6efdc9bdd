package org.tunebench.core.model;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.tunebench.core.weights.FloatTensor;

/**
 * The weights of a model before any training, as transformers' {@code _init_weights}: matrices normal with a standard
 * deviation of 0.02 (initializer_range), norms 1, biases 0.
 */
public final class InitialWeights {
    private static final double DEVIATION = 0.02;

    private InitialWeights() {}

    /** Every tensor of a model; the same for the same seed on any machine. */
    public static List<FloatTensor> of(Architecture architecture, long seed) {
        Random random = new Random(seed);
        return architecture.tensors().stream().map(spec -> tensor(spec, random)).toList();
    }

    private static FloatTensor tensor(TensorSpec spec, Random random) {
        float[] values = new float[Math.toIntExact(spec.elements())];
        if (spec.shape().size() > 1) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (DEVIATION * random.nextGaussian());
            }
        } else if (!spec.name().endsWith(".bias")) {
            Arrays.fill(values, 1);
        }
        return FloatTensor.of(
                spec.name(),
                values,
                spec.shape().stream().mapToLong(Long::longValue).toArray());
    }
}
