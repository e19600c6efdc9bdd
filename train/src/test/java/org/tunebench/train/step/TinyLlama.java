package org.tunebench.train.step;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.Family;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.Rope;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/** A random Llama of a few thousand parameters, in memory. */
final class TinyLlama {
    static final int VOCABULARY = 23;
    final ModelConfig config;
    final Family family;
    private final long seed;

    TinyLlama(boolean tied, long seed) {
        this.seed = seed;
        config = new ModelConfig(
                "llama", 16, 2, 4, 2, 4, 24, VOCABULARY, 1e-5, ROPE, 64, tied, false, false, List.of(1), List.of(2));
        family = Families.of(config);
    }

    List<TensorSpec> tensors() {
        return family.tensors(config);
    }

    Map<String, List<Long>> linearShapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (TensorSpec tensor : tensors()) {
            if (tensor.name().endsWith("_proj.weight")) {
                shapes.put(tensor.name().replace(".weight", ""), tensor.shape());
            }
        }
        return shapes;
    }

    float[] values(String name) {
        TensorSpec spec = tensors().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        Random random = new Random(seed * 31 + name.hashCode());
        float[] values = new float[(int) spec.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (name.contains("norm") ? 1 + 0.1 * random.nextGaussian() : 0.3 * random.nextGaussian());
        }
        return values;
    }

    Function<String, float[]> base() {
        return this::values;
    }

    /** The model's weights as constants of a graph. */
    Weights frozen(Graph graph, DType type) {
        GraphBuilder b = new GraphBuilder(graph);
        Map<String, Value> made = new HashMap<>();
        return new Weights() {
            @Override
            public DType type() {
                return type;
            }

            @Override
            public Value tensor(String name) {
                return made.computeIfAbsent(name, n -> {
                    float[] values = values(n);
                    double[] wide = new double[values.length];
                    for (int i = 0; i < wide.length; i++) {
                        wide[i] = values[i];
                    }
                    TensorSpec spec = tensors().stream()
                            .filter(t -> t.name().equals(n))
                            .findFirst()
                            .orElseThrow();
                    return b.tensor(type, Shape.of(spec.shape().toArray()), wide);
                });
            }
        };
    }

    private static final Rope ROPE = new Rope(10000, new Rope.Scaling.None());
}
