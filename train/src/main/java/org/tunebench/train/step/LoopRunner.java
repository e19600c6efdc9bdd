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
 * Runs a step program, which needs nothing but the stock library. Parameters and moments go from call to call as the tensors ONNX Runtime gave
 * out; on the CPU that copies nothing.
 */
final class LoopRunner implements StepRunner {
    private static final List<String> STATE = List.of("parameters", "first_moment", "second_moment");

    private final OrtSession session;
    private final AdamW optimizer;
    private Map<String, OnnxTensor> state = Map.of();
    private @Nullable AutoCloseable owner;

    LoopRunner(OrtSession session, AdamW optimizer) {
        this.session = session;
        this.optimizer = optimizer;
    }

    @Override
    public void load(FlatState start, int stepsTaken) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            tensors.put("parameters", Tensors.of(start.parameters(), start.parameters().length));
            tensors.put("first_moment", Tensors.of(start.firstMoment(), start.firstMoment().length));
            tensors.put("second_moment", Tensors.of(start.secondMoment(), start.secondMoment().length));
        } catch (OrtException e) {
            throw new IllegalStateException("cannot load the training state", e);
        }
        replace(tensors, () -> tensors.values().forEach(OnnxTensor::close));
    }

    @Override
    public FlatState state() {
        return new FlatState(copy("parameters"), copy("first_moment"), copy("second_moment"));
    }

    @Override
    public Outcome run(StepChunk chunk) {
        Map<String, OnnxTensor> batches = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, StepChunk.Longs> e : chunk.tokens().entrySet()) {
                batches.put(
                        e.getKey(),
                        Tensors.of(e.getValue().values(), e.getValue().shape()));
            }
            batches.put(
                    "weights",
                    Tensors.of(chunk.weights().values(), chunk.weights().shape()));
            if (chunk.dropped() != null) {
                StepChunk.Longs places = chunk.dropped().places();
                batches.put(
                        "keep",
                        Tensors.ofBooleans(
                                chunk.dropped().keep(), chunk.dropped().keepShape()));
                batches.put("places", Tensors.of(places.values(), places.shape()));
            }
            batches.put("scalars", Tensors.of(scalars(chunk), chunk.steps(), 3));
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>(state);
            inputs.putAll(batches);
            OrtSession.Result result = session.run(inputs);
            Map<String, OnnxTensor> next = new LinkedHashMap<>();
            STATE.forEach(name -> next.put(name, tensor(result, "next_" + name)));
            Outcome outcome = new Outcome(floats(result, "losses"), floats(result, "gradient_norms"));
            replace(next, result);
            return outcome;
        } catch (OrtException e) {
            throw new IllegalStateException("a training step failed on ONNX Runtime: " + e.getMessage(), e);
        } finally {
            batches.values().forEach(OnnxTensor::close);
        }
    }

    /** The program's scalars [steps, 3]: AdamW's. */
    private float[] scalars(StepChunk chunk) {
        float[] scalars = new float[chunk.steps() * 3];
        for (int i = 0; i < chunk.steps(); i++) {
            double[] adam = optimizer.scalars(chunk.firstStep() + i, chunk.learningRates()[i]);
            for (int k = 0; k < 3; k++) {
                scalars[i * 3 + k] = (float) adam[k];
            }
        }
        return scalars;
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
