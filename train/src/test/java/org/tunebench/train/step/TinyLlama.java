package org.tunebench.train.step;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/** A random Llama of a few thousand parameters, in memory. */
final class TinyLlama {
    static final int VOCABULARY = 23;
    final Architecture architecture;
    private final long seed;

    TinyLlama(boolean tied, long seed) {
        this.seed = seed;
        architecture = Families.parse("""
                {"model_type": "llama", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4,
                 "num_key_value_heads": 2, "intermediate_size": 24, "vocab_size": 23, "rms_norm_eps": 1e-5,
                 "max_position_embeddings": 64, "tie_word_embeddings": %s}
                """.formatted(tied), "tiny");
    }

    List<TensorSpec> tensors() {
        return architecture.tensors();
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
}
