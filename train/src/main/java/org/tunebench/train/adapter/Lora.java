package org.tunebench.train.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.LoraWeights;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/**
 * Low-rank adaptation (Hu et al. 2021): each adapted module computes {@code x Wᵀ + s (x Aᵀ) Bᵀ} with W frozen, A [r, in] and B
 * [out, r]. The start is PEFT's: A uniform in ±1/√in (Kaiming with a = √5), B zero.
 *
 * <p>Weight-decomposed (DoRA, Liu et al. 2024) each module has a magnitude m [out] too, which starts as the norms of W's rows,
 * and computes {@code m / ‖W + s B A‖} times the above; no gradient flows through the norm (section 4.3 there).
 *
 * @param modules the adapted ones
 * @param scale s = alpha / r, or alpha / √r
 * @param base a tensor's values in the base model, by name
 * @param seed of A's start
 */
public record Lora(
        List<LinearModule> modules,
        int rank,
        double scale,
        boolean weightDecomposed,
        Function<String, float[]> base,
        long seed)
        implements Method {
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String MAGNITUDE = ".lora_magnitude_vector";

    public Lora {
        modules = List.copyOf(modules);
    }

    /** Those of a model's modules that one of the targets, each a {@link NamePattern}, matches. */
    public static List<LinearModule> targeted(List<LinearModule> all, List<String> targets) {
        return all.stream()
                .filter(module -> NamePattern.any(targets, module.name()))
                .toList();
    }

    @Override
    public List<TensorSpec> trainable() {
        List<TensorSpec> specs = new ArrayList<>();
        for (LinearModule module : modules) {
            specs.add(TensorSpec.of(module.name() + A, rank, module.in()));
            specs.add(TensorSpec.of(module.name() + B, module.out(), rank));
            if (weightDecomposed) {
                specs.add(TensorSpec.of(module.name() + MAGNITUDE, module.out()));
            }
        }
        return specs;
    }

    @Override
    public float[] initial(TensorSpec tensor) {
        if (tensor.name().endsWith(MAGNITUDE)) {
            return rowNorms(tensor.name().substring(0, tensor.name().length() - MAGNITUDE.length()));
        }
        float[] values = new float[Math.toIntExact(tensor.elements())];
        if (tensor.name().endsWith(A)) {
            double bound = 1 / Math.sqrt(tensor.shape().get(1));
            SplittableRandom random =
                    new SplittableRandom(seed * 31 + tensor.name().hashCode());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
        return values;
    }

    private float[] rowNorms(String name) {
        LinearModule module =
                modules.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
        float[] weight = base.apply(module.weight());
        int out = Math.toIntExact(module.out());
        int in = Math.toIntExact(module.in());
        float[] norms = new float[out];
        for (int row = 0; row < out; row++) {
            double square = 0;
            for (int column = 0; column < in; column++) {
                float w = weight[module.inputFirst() ? column * out + row : row * in + column];
                square += (double) w * w;
            }
            norms[row] = (float) Math.sqrt(square);
        }
        return norms;
    }

    @Override
    public Weights weights(Weights frozen, Trained trained) {
        Map<String, LoraWeights.Factors> factors = new LinkedHashMap<>();
        for (LinearModule module : modules) {
            String name = module.name();
            factors.put(
                    name,
                    new LoraWeights.Factors(
                            trained.tensors().apply(name + A),
                            trained.tensors().apply(name + B),
                            weightDecomposed ? magnitude(trained, name) : null));
        }
        return new LoraWeights(frozen, factors, scale, trained.dropout());
    }

    @Override
    public boolean detaches() {
        return weightDecomposed;
    }

    private LoraWeights.Magnitude magnitude(Trained trained, String name) {
        Value a = trained.detached().apply(name + A);
        Value b = trained.detached().apply(name + B);
        Value magnitude = trained.tensors().apply(name + MAGNITUDE);
        return (body, weights, module) ->
                body.div(magnitude, rowNorms(body, weights.tensor(module.weight()), module, a, b));
    }

    /** The norms of the rows of {@code W + s B A}, [out], from {@code ‖w‖² + 2 s w·(BA) + s² ‖BA‖²}: B A is never made. */
    private Value rowNorms(GraphBuilder b, Value weight, LinearModule module, Value a, Value up) {
        Value squares = b.reduceSum(b.mul(weight, weight), false, module.inputFirst() ? 0 : 1); // [out]
        Value projected = b.matMul(weight, a, module.inputFirst(), true, 2 * scale); // [out, r]
        Value gram = b.matMul(a, a, false, true, scale * scale); // [r, r]
        Value rest = b.mul(b.add(projected, b.matMul(up, gram)), up);
        return b.sqrt(b.add(squares, b.reduceSum(rest, false, 1)));
    }
}
