package org.tunebench.core.graph;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operator.
 *
 * @param domain "" for ai.onnx, or com.microsoft
 * @param inputs a null is an optional input left out
 * @param attributes Long, Float, String, long[] or Graph values
 */
public record Node(
        String operator,
        String domain,
        List<@Nullable Value> inputs,
        List<Value> outputs,
        Map<String, Object> attributes) {

    /** An input that is there. */
    public Value input(int i) {
        Value value = inputs.get(i);
        if (value == null) {
            throw new IllegalStateException(operator + " has no input " + i);
        }
        return value;
    }

    public Value output() {
        return outputs.get(0);
    }

    public long longAttribute(String name, long otherwise) {
        return attributes.get(name) instanceof Long v ? v : otherwise;
    }

    public long[] longsAttribute(String name) {
        if (attributes.get(name) instanceof long[] v) {
            return v;
        }
        throw new IllegalStateException(operator + " has no attribute " + name);
    }

    public float floatAttribute(String name, float otherwise) {
        return attributes.get(name) instanceof Float v ? v : otherwise;
    }
}
