package org.tunebench.train.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.LoraWeights;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/**
 * Low-rank adaptation (Hu et al. 2021): each adapted module computes {@code x Wᵀ + s (x Aᵀ) Bᵀ} with W frozen,
 * A [r, in] and B [out, r]. The start is PEFT's: A uniform in ±1/√in (Kaiming with a = √5), B zero.
 *
 * @param modules adapted modules
 * @param scale s = alpha / r, or alpha / √r
 * @param seed of A's start
 */
public record Lora(List<LinearModule> modules, int rank, double scale, long seed) implements Method {
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    public Lora {
        modules = List.copyOf(modules);
    }

    /**
     * Adapts the modules that one of the targets, each a {@link NamePattern}, matches.
     *
     * @param all the base model's linear modules
     */
    public static Lora on(List<LinearModule> all, List<String> targets, int rank, double scale, long seed) {
        List<LinearModule> modules = all.stream()
                .filter(module -> NamePattern.any(targets, module.name()))
                .toList();
        return new Lora(modules, rank, scale, seed);
    }

    @Override
    public List<TensorSpec> trainable() {
        List<TensorSpec> specs = new ArrayList<>();
        for (LinearModule module : modules) {
            specs.add(TensorSpec.of(module.name() + A, rank, module.in()));
            specs.add(TensorSpec.of(module.name() + B, module.out(), rank));
        }
        return specs;
    }

    @Override
    public float[] initial(TensorSpec tensor) {
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

    @Override
    public Weights weights(Weights frozen, Function<String, Value> trained) {
        Map<String, LoraWeights.Factors> factors = new LinkedHashMap<>();
        for (LinearModule module : modules) {
            String name = module.name();
            factors.put(name, new LoraWeights.Factors(trained.apply(name + A), trained.apply(name + B)));
        }
        return new LoraWeights(frozen, factors, scale);
    }
}
