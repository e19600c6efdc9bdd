package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/** The results of a run, copied out of the runtime's memory; row-major. */
public final class Outputs {
    private final Map<String, Object> arrays;

    private Outputs(Map<String, Object> arrays) {
        this.arrays = arrays;
    }

    static Outputs copyOf(OrtSession.Result result) throws OrtException {
        Map<String, Object> arrays = new HashMap<>();
        for (Map.Entry<String, OnnxValue> entry : result) {
            arrays.put(entry.getKey(), array((OnnxTensor) entry.getValue()));
        }
        return new Outputs(arrays);
    }

    private static Object array(OnnxTensor tensor) {
        switch (tensor.getInfo().type) {
            case FLOAT -> {
                FloatBuffer buffer = tensor.getFloatBuffer();
                float[] floats = new float[buffer.remaining()];
                buffer.get(floats);
                return floats;
            }
            case INT64 -> {
                LongBuffer buffer = tensor.getLongBuffer();
                long[] longs = new long[buffer.remaining()];
                buffer.get(longs);
                return longs;
            }
            default -> throw new IllegalArgumentException("no output of type " + tensor.getInfo().type);
        }
    }

    public float[] floats(String name) {
        return (float[]) of(name);
    }

    public long[] longs(String name) {
        return (long[]) of(name);
    }

    private Object of(String name) {
        Object array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no output " + name + " among " + arrays.keySet());
        }
        return array;
    }
}
