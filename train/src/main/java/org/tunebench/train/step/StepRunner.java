package org.tunebench.train.step;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.runtime.Tensors;

/**
 * Runs a step program on the stock library. Parameters and moments go from call to call as the tensors ONNX Runtime gave
 * out; on the CPU that copies nothing.
 */
final class StepRunner implements AutoCloseable {
    private static final List<String> STATE = List.of("parameters", "first_moment", "second_moment");

    private final OrtSession session;
    private Map<String, OnnxTensor> state = Map.of();
    private @Nullable AutoCloseable owner;

    StepRunner(OrtSession session) {
        this.session = session;
    }

    /** Losses and norms of the steps of one call. */
    record Outcome(float[] losses, float[] gradientNorms) {}

    /** Sets the state: parameters, first and second moments, each [P]. */
    void load(FlatState start) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        tensors.put("parameters", Tensors.of(start.parameters(), start.parameters().length));
        tensors.put("first_moment", Tensors.of(start.firstMoment(), start.firstMoment().length));
        tensors.put("second_moment", Tensors.of(start.secondMoment(), start.secondMoment().length));
        replace(tensors, () -> tensors.values().forEach(OnnxTensor::close));
    }

    /** A copy of the state. */
    FlatState state() {
        return new FlatState(copy("parameters"), copy("first_moment"), copy("second_moment"));
    }

    /** Takes the steps of a chunk, one after the other. */
    Outcome run(StepChunk chunk) throws OrtException {
        Map<String, OnnxTensor> batches = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, StepChunk.Longs> e : chunk.tokens().entrySet()) {
                batches.put(
                        e.getKey(),
                        Tensors.of(e.getValue().values(), e.getValue().shape()));
            }
            batches.put("scalars", Tensors.of(chunk.scalars(), chunk.steps(), 4));
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>(state);
            inputs.putAll(batches);
            OrtSession.Result result = session.run(inputs);
            Map<String, OnnxTensor> next = new LinkedHashMap<>();
            STATE.forEach(name -> next.put(name, tensor(result, "next_" + name)));
            Outcome outcome = new Outcome(floats(result, "losses"), floats(result, "gradient_norms"));
            replace(next, result);
            return outcome;
        } finally {
            batches.values().forEach(OnnxTensor::close);
        }
    }

    private void replace(Map<String, OnnxTensor> next, AutoCloseable nextOwner) {
        AutoCloseable old = owner;
        state = next;
        owner = nextOwner;
        close(old);
    }

    private float[] copy(String name) {
        OnnxTensor tensor = state.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no state has been loaded");
        }
        return array(tensor.getFloatBuffer());
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    private static float[] floats(OrtSession.Result result, String name) {
        return array(tensor(result, name).getFloatBuffer());
    }

    private static float[] array(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static void close(@Nullable AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot free the training state", e);
        }
    }

    @Override
    public void close() {
        replace(Map.of(), () -> {});
        close(session);
    }
}
