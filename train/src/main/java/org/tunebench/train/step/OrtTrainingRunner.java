package org.tunebench.train.step;

import ai.onnxruntime.OnnxTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Weights;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.train.ort.Optimizer;
import org.tunebench.train.ort.SessionState;
import org.tunebench.train.ort.TrainingModel;
import org.tunebench.train.ort.TrainingSession;

/**
 * Takes steps with ONNX Runtime's own training session: the same forward pass and the same gradients as the step program's,
 * a call for each micro-batch and one for each update. Loss and gradient norm are looked at between the two.
 */
final class OrtTrainingRunner implements StepRunner {
    private final StepProgram program;
    private final ModelFolder base;
    private final Device device;
    private final Path folder;
    private @Nullable TrainingSession session;

    /** @param folder for the session's files; made by {@link #load} and deleted by {@link #close} */
    OrtTrainingRunner(StepProgram program, ModelFolder base, Device device, Path folder) {
        this.program = program;
        this.base = base;
        this.device = device;
        this.folder = folder;
    }

    @Override
    public void load(FlatState start, int stepsTaken) {
        close();
        FlatLayout layout = program.layout();
        SessionState state = new SessionState(
                stepsTaken,
                layout.pieces(start.parameters()),
                layout.pieces(start.firstMoment()),
                layout.pieces(start.secondMoment()));
        AdamW adam = program.optimizer();
        Optimizer optimizer = new Optimizer(adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        session = TrainingSession.open(folder, model(), base.weightsRoot(), optimizer, device, state);
    }

    private TrainingModel model() {
        Graph graph = new Graph("training");
        StepProgram.Batches batch = StepProgram.Batches.inputs(graph, DType.FLOAT, program.dropout());
        Weights frozen = base.weights(new GraphBuilder(graph));
        return TrainingModel.of(graph, program.method().trainable(), program.maxGradNorm(), (b, parameters) -> {
            StepProgram.LossAndGradients result = program.gradients(b, frozen, parameters, batch);
            return new TrainingModel.LossAndGradients(result.loss(), result.gradients());
        });
    }

    @Override
    public Outcome run(StepChunk chunk) {
        float[] losses = new float[chunk.steps()];
        float[] norms = new float[chunk.steps()];
        Arrays.fill(losses, Float.NaN); // of steps after one that is not finite
        Arrays.fill(norms, Float.NaN);
        for (int step = 0; step < chunk.steps(); step++) {
            accumulate(chunk, step, losses, norms);
            if (!Float.isFinite(losses[step]) || !Float.isFinite(norms[step])) {
                break;
            }
            session().update(chunk.learningRates()[step]);
        }
        return new Outcome(losses, norms);
    }

    /** Loss and gradient of a step: micro-batch after micro-batch. */
    private void accumulate(StepChunk chunk, int step, float[] losses, float[] norms) {
        session().resetGradients();
        float loss = 0;
        float squares = 0;
        int micro = chunk.microBatches();
        for (int i = 0; i < micro; i++) {
            Map<String, OnnxTensor> inputs = MicroBatch.tensors(chunk, step * micro + i);
            try {
                TrainingSession.MicroStep result = session().accumulate(inputs, i == micro - 1);
                loss += result.loss();
                squares = result.gradientSquares();
            } finally {
                inputs.values().forEach(OnnxTensor::close);
            }
        }
        losses[step] = loss;
        norms[step] = (float) Math.sqrt(squares);
    }

    @Override
    public FlatState state() {
        SessionState state = session().state();
        return new FlatState(flat(state.parameters()), flat(state.firstMoments()), flat(state.secondMoments()));
    }

    private static float[] flat(List<FloatTensor> tensors) {
        int size = tensors.stream().mapToInt(t -> t.content().remaining()).sum();
        FloatBuffer flat = FloatBuffer.allocate(size);
        tensors.forEach(t -> flat.put(t.content().duplicate()));
        return flat.array();
    }

    private TrainingSession session() {
        if (session == null) {
            throw new IllegalStateException("no state has been loaded");
        }
        return session;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((x, y) -> y.compareTo(x)).toList()) { // what is inside first
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
