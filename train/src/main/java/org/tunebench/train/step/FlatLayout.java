package org.tunebench.train.step;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.weights.FloatTensor;

/** Trainable tensors one after the other in a single vector: the optimizer then works on three tensors, not hundreds. */
record FlatLayout(List<TensorSpec> tensors) {
    FlatLayout {
        tensors = List.copyOf(tensors);
    }

    /** The vector's length. */
    long size() {
        return tensors.stream().mapToLong(TensorSpec::elements).sum();
    }

    /** The tensors as views of the vector, by name. */
    Map<String, Value> views(GraphBuilder b, Value flat) {
        long[] lengths = tensors.stream().mapToLong(TensorSpec::elements).toArray();
        List<Value> parts = b.split(flat, 0, lengths);
        Map<String, Value> views = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            TensorSpec spec = tensors.get(i);
            views.put(spec.name(), b.reshape(parts.get(i), Shape.of(spec.shape().toArray())));
        }
        return views;
    }

    /** The tensors as pieces of the vector's content, without a copy. */
    List<FloatTensor> pieces(float[] flat) {
        List<FloatTensor> pieces = new ArrayList<>();
        int at = 0;
        for (TensorSpec spec : tensors) {
            int size = Math.toIntExact(spec.elements());
            pieces.add(new FloatTensor(
                    spec.name(), spec.shape(), FloatBuffer.wrap(flat, at, size).slice()));
            at += size;
        }
        return pieces;
    }

    /** Tensors, in the layout's order, as the vector. */
    Value flat(GraphBuilder b, List<Value> values) {
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add(b.reshape(values.get(i), Shape.of(tensors.get(i).elements())));
        }
        return b.concat(0, parts);
    }
}
