package org.tunebench.core.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.weights.StoredTensor;

/**
 * Weights that stay in their safetensors files: the graph's initializers point into them. F16 and BF16 are cast to float
 * in the graph, once, when the session is made.
 */
public final class StoredWeights implements Weights {
    private final GraphBuilder b;
    private final Map<String, StoredTensor> stored;
    private final Path root;
    private final Map<String, Value> values = new HashMap<>();

    /**
     * @param b of the outermost graph
     * @param root as {@link #root} of the same tensors: where the session finds the files
     */
    public StoredWeights(GraphBuilder b, Map<String, StoredTensor> stored, Path root) {
        this.b = b;
        this.stored = stored;
        this.root = root;
    }

    /** The real folder that holds the files of all tensors, for the session's external_initializers setting. */
    public static Path root(Collection<StoredTensor> tensors) {
        return WeightFiles.realRoot(tensors);
    }

    @Override
    public DType type() {
        return DType.FLOAT;
    }

    @Override
    public Value tensor(String name) {
        return values.computeIfAbsent(name, this::external);
    }

    private Value external(String name) {
        StoredTensor tensor = stored.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        DType type = switch (tensor.type()) {
            case F32 -> DType.FLOAT;
            case F16 -> DType.FLOAT16;
            case BF16 -> DType.BFLOAT16;
            default -> throw new IllegalArgumentException(name + " is " + tensor.type());
        };
        Shape shape = new Shape(tensor.shape().stream().map(Dim::of).toList());
        String file = root.relativize(WeightFiles.real(tensor.file())).toString();
        Value value = b.graph().external(name, type, shape, file, tensor.offset(), tensor.length());
        return b.cast(value, DType.FLOAT);
    }
}
