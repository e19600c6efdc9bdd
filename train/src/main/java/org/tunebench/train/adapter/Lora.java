package org.tunebench.train.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/**
 * Low-rank adaptation (Hu et al. 2021): each adapted module computes {@code x Wᵀ + s (x Aᵀ) Bᵀ} with W frozen,
 * A [r, in] and B [out, r]. The start is PEFT's: A uniform in ±1/√in (Kaiming with a = √5), B zero.
 *
 * @param modules the adapted modules' weights, e.g. {@code model.layers.0.self_attn.q_proj.weight} [out, in]
 * @param scale s = alpha / r, or alpha / √r
 * @param seed of A's start
 */
public record Lora(List<TensorSpec> modules, int rank, double scale, long seed) implements Method {
    private static final String WEIGHT = ".weight";

    /**
     * Adapts the modules whose last name parts are one of the targets; {@code *} stands for anything.
     *
     * @throws InputException when a target matches nothing; the message lists the last parts of the module names
     */
    public static Lora on(List<TensorSpec> tensors, List<String> targets, int rank, double scale, long seed) {
        List<TensorSpec> matrices = tensors.stream()
                .filter(t -> t.shape().size() == 2 && t.name().endsWith("_proj" + WEIGHT))
                .toList();
        List<TensorSpec> modules = new ArrayList<>();
        for (TensorSpec t : matrices) {
            if (targets.stream().anyMatch(target -> matches(t, target))) {
                modules.add(t);
            }
        }
        for (String target : targets) {
            if (matrices.stream().noneMatch(t -> matches(t, target))) {
                List<String> names = matrices.stream()
                        .map(Lora::module)
                        .map(n -> n.substring(n.lastIndexOf('.') + 1))
                        .distinct()
                        .toList();
                throw new InputException(
                        "lora target '" + target + "' matches no module of the base model",
                        "lora.targets",
                        "The modules are " + String.join(", ", names));
            }
        }
        return new Lora(modules, rank, scale, seed);
    }

    private static boolean matches(TensorSpec tensor, String target) {
        String module = module(tensor);
        String regex = "(.*\\.)?" + Pattern.quote(target).replace("*", "\\E.*\\Q");
        return module.matches(regex);
    }

    private static String module(TensorSpec tensor) {
        return tensor.name().substring(0, tensor.name().length() - WEIGHT.length());
    }

    @Override
    public List<TensorSpec> trainable() {
        List<TensorSpec> specs = new ArrayList<>();
        for (TensorSpec w : modules) {
            specs.add(
                    TensorSpec.of(module(w) + ".lora_A.weight", rank, w.shape().get(1)));
            specs.add(TensorSpec.of(module(w) + ".lora_B.weight", w.shape().get(0), rank));
        }
        return specs;
    }

    @Override
    public float[] initial(TensorSpec tensor) {
        float[] values = new float[Math.toIntExact(tensor.elements())];
        if (tensor.name().endsWith(".lora_A.weight")) {
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
        List<String> adapted = modules.stream().map(Lora::module).toList();
        return new Weights() {
            @Override
            public DType type() {
                return frozen.type();
            }

            @Override
            public Value tensor(String name) {
                return frozen.tensor(name);
            }

            @Override
            public Value linear(GraphBuilder b, String module, Value x) {
                Value base = frozen.linear(b, module, x);
                if (!adapted.contains(module)) {
                    return base;
                }
                Value down = b.matMul(x, trained.apply(module + ".lora_A.weight"), false, true, 1);
                Value up = b.matMul(down, trained.apply(module + ".lora_B.weight"), false, true, scale);
                return b.add(base, up);
            }
        };
    }
}
