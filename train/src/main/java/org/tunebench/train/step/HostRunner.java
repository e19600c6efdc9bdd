package org.tunebench.train.step;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes steps on the CPU: gradients by a program on ONNX Runtime, clipping and AdamW in one pass over the memory both
 * share. A pass is what the memory's bandwidth allows; the same update in operators takes a dozen.
 */
final class HostRunner implements StepRunner {
    private final StepProgram program;
    private final OrtSession session;
    private final boolean accumulates;
    private @Nullable HostState state;

    /** @param session of a {@link GradientProgram} */
    HostRunner(StepProgram program, OrtSession session, boolean accumulates) {
        this.program = program;
        this.session = session;
        this.accumulates = accumulates;
    }

    @Override
    public void load(FlatState start, int stepsTaken) {
        free();
        try {
            state = new HostState(program.layout(), start);
        } catch (OrtException e) {
            throw new IllegalStateException("cannot load the training state", e);
        }
    }

    @Override
    public Outcome run(StepChunk chunk) {
        float[] losses = new float[chunk.steps()];
        float[] norms = new float[chunk.steps()];
        Arrays.fill(losses, Float.NaN); // of steps after one that is not finite
        Arrays.fill(norms, Float.NaN);
        for (int i = 0; i < chunk.steps(); i++) {
            losses[i] = gradients(chunk, i);
            norms[i] = (float) loaded().gradientNorm();
            if (!Float.isFinite(losses[i]) || !Float.isFinite(norms[i])) {
                break;
            }
            double[] scalars = program.optimizer().scalars(chunk.firstStep() + i, chunk.learningRates()[i]);
            loaded().update(program.optimizer(), scalars, program.clip(norms[i]));
        }
        return new Outcome(losses, norms);
    }

    /** Leaves a step's gradients in the state. @return its loss */
    float gradients(StepChunk chunk, int step) {
        if (!accumulates && chunk.microBatches() > 1) {
            throw new IllegalArgumentException(chunk.microBatches() + " micro-batches, expected 1");
        }
        if (accumulates) {
            loaded().clearGradients();
        }
        float loss = 0;
        for (int micro = 0; micro < chunk.microBatches(); micro++) {
            Map<String, OnnxTensor> tokens = MicroBatch.tensors(chunk, step * chunk.microBatches() + micro);
            try {
                loss += run(tokens);
            } catch (OrtException e) {
                throw new IllegalStateException("a training step failed on ONNX Runtime: " + e.getMessage(), e);
            } finally {
                tokens.values().forEach(OnnxTensor::close);
            }
        }
        return loss;
    }

    private float run(Map<String, OnnxTensor> tokens) throws OrtException {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>(tokens);
        Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        loaded().parameters().forEach((name, tensor) -> inputs.put(GradientProgram.PARAMETER + name, tensor));
        loaded().gradients().forEach((name, tensor) -> {
            outputs.put(GradientProgram.GRADIENT + name, tensor);
            if (accumulates) {
                inputs.put(GradientProgram.SUM + name, tensor);
            }
        });
        try (OrtSession.Result result = session.run(inputs, Set.of(GradientProgram.LOSS), outputs)) {
            return ((OnnxTensor) result.get(GradientProgram.LOSS).orElseThrow())
                    .getFloatBuffer()
                    .get();
        }
    }

    private HostState loaded() {
        if (state == null) {
            throw new IllegalStateException("no state has been loaded");
        }
        return state;
    }

    @Override
    public FlatState state() {
        return loaded().copy();
    }

    private void free() {
        if (state != null) {
            state.close();
            state = null;
        }
    }

    @Override
    public void close() {
        free();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close a session", e);
        }
    }
}
