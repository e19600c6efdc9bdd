package org.tunebench.train.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtTrainingSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.Initializer;
import org.tunebench.core.graph.OnnxModel;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.NativeLibrary;
import org.tunebench.core.runtime.Session;

/** ONNX Runtime's OrtTrainingSession over files that are made for it. Not thread-safe. */
public final class TrainingSession implements AutoCloseable {
    /** So many parameters, with two moments each, fit the checkpoint file by which the state goes in and out. */
    public static final long MOST_PARAMETERS = CheckpointFile.MOST_BYTES / CheckpointFile.BYTES_A_PARAMETER;

    private static final String SAVED = "saved.odtc";

    private final Path folder;
    private final List<TensorSpec> trainable;
    private final OrtTrainingSession session;

    private TrainingSession(Path folder, List<TensorSpec> trainable, OrtTrainingSession session) {
        this.folder = folder;
        this.trainable = trainable;
        this.session = session;
    }

    /**
     * What has come of a micro-batch.
     *
     * @param gradientSquares the sum of the squares of all gradients accumulated so far: the square of their norm
     */
    public record MicroStep(float loss, float gradientSquares) {}

    /**
     * Makes a session.
     *
     * @param folder an empty folder for its files, which is the session's until it is closed
     * @param weights the folder of the graph's external initializers, a real path; their files are linked into the
     *     session's folder, or copied where that cannot be
     */
    public static TrainingSession open(
            Path folder, TrainingModel model, Path weights, Optimizer optimizer, Device device, SessionState start) {
        if (!NativeLibrary.canTrain()) {
            throw new IllegalStateException("this ONNX Runtime has no training API");
        }
        Path training = folder.resolve("training.onnx");
        Path update = folder.resolve("optimizer.onnx");
        Path checkpoint = folder.resolve("start.odtc");
        try (OrtSession.SessionOptions options = Session.options(device)) {
            link(model.graph(), weights, folder);
            Files.write(training, OnnxModel.bytes(model.graph()));
            Files.write(update, optimizer.model());
            CheckpointFile.write(checkpoint, start);
            OrtTrainingSession session = NativeLibrary.environment()
                    .createTrainingSession(
                            checkpoint.toString(), training.toString(), null, update.toString(), options);
            Files.delete(checkpoint);
            return new TrainingSession(folder, model.trainable(), session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the training model: " + e.getMessage(), e);
        }
    }

    /** Files are looked for beside the model only, and symbolic links out of its folder are refused. */
    private static void link(Graph graph, Path weights, Path folder) throws IOException {
        for (Initializer initializer : graph.initializers()) {
            if (initializer instanceof Initializer.External external) {
                Path link = folder.resolve(external.file());
                if (!Files.exists(link)) {
                    Files.createDirectories(link.resolveSibling(""));
                    linkOrCopy(weights.resolve(external.file()), link);
                }
            }
        }
    }

    private static void linkOrCopy(Path file, Path link) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Files.copy(file, link);
        }
    }

    /** The next micro-batch is the first of its optimizer step. */
    public void resetGradients() {
        call(session::lazyResetGrad);
    }

    /**
     * Runs a micro-batch and adds its gradients.
     *
     * @param inputs the model's own, by name; they stay the caller's
     * @param last whether an update follows: then the gradients are clipped, after their squares have been summed
     */
    public MicroStep accumulate(Map<String, OnnxTensor> inputs, boolean last) {
        try (OnnxTensor flag = OnnxTensor.createTensor(NativeLibrary.environment(), last);
                OrtSession.Result result = session.trainStep(ordered(inputs, flag))) {
            return new MicroStep(scalar(result, TrainingModel.LOSS), scalar(result, TrainingModel.GRADIENT_SQUARES));
        } catch (OrtException e) {
            throw new IllegalStateException("a training step failed on ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /** The API reads inputs by their position, whatever their names are. */
    private Map<String, OnnxTensor> ordered(Map<String, OnnxTensor> inputs, OnnxTensor last) {
        Map<String, OnnxTensor> ordered = new LinkedHashMap<>();
        for (String name : session.getTrainInputNames()) {
            OnnxTensor tensor = name.equals(TrainingModel.LAST) ? last : inputs.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException("no input " + name);
            }
            ordered.put(name, tensor);
        }
        return ordered;
    }

    private static float scalar(OrtSession.Result result, String name) {
        return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer().get(0);
    }

    /** Takes an optimizer step with the gradients accumulated. */
    public void update(double learningRate) {
        call(() -> {
            session.setLearningRate((float) learningRate);
            session.optimizerStep();
        });
    }

    /** A copy of the state, by way of a checkpoint file: the API has no other. Its buffers are views of the file. */
    public SessionState state() {
        Path file = folder.resolve(SAVED);
        call(() -> session.saveCheckpoint(file, true));
        try {
            SessionState state = CheckpointFile.read(file, trainable);
            Files.delete(file);
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.close();
    }

    @FunctionalInterface
    private interface Call {
        void run() throws OrtException;
    }

    private static void call(Call call) {
        try {
            call.run();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime's training session failed: " + e.getMessage(), e);
        }
    }
}
