package org.tunebench.train.adapter;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/**
 * The model's own weights are trained: all of them, or some with the others frozen.
 *
 * @param trainable the tensors that are trained
 * @param base a tensor's values in the base model, by name
 */
public record FullFineTuning(List<TensorSpec> trainable, Function<String, float[]> base) implements Method {
    public FullFineTuning {
        trainable = List.copyOf(trainable);
    }

    /**
     * Trains the tensors that patterns name.
     *
     * @param tensors all of the model
     * @param patterns of tensor names with or without {@code .weight}, e.g. {@code layers.21.*} or {@code lm_head}; none
     *     trains everything
     * @param where the patterns stand, for the refusal of one that matches nothing
     */
    public static FullFineTuning of(
            List<TensorSpec> tensors, List<String> patterns, Function<String, float[]> base, String where) {
        if (patterns.isEmpty()) {
            return new FullFineTuning(tensors, base);
        }
        List<String> names = tensors.stream().map(t -> module(t.name())).toList();
        NamePattern.requireMatches(patterns, names, "trainable", where);
        return new FullFineTuning(
                tensors.stream()
                        .filter(t -> NamePattern.any(patterns, module(t.name())) || NamePattern.any(patterns, t.name()))
                        .toList(),
                base);
    }

    private static String module(String tensor) {
        return tensor.replaceFirst("\\.weight$", "");
    }

    @Override
    public float[] initial(TensorSpec tensor) {
        return base.apply(tensor.name());
    }

    @Override
    public Weights weights(Weights frozen, Trained trained) {
        Set<String> names = trainable.stream().map(TensorSpec::name).collect(Collectors.toUnmodifiableSet());
        return new Weights() {
            @Override
            public DType type() {
                return frozen.type();
            }

            @Override
            public Value tensor(String name) {
                return names.contains(name) ? trained.tensors().apply(name) : frozen.tensor(name);
            }
        };
    }
}
