package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.OnnxModel;

/**
 * A graph made ready to run. Inputs are copied in and results copied out, so that no native memory is used after it is
 * freed. Safe for use by several threads.
 */
public final class Session implements AutoCloseable {
    private final OrtSession session;

    private Session(OrtSession session) {
        this.session = session;
    }

    /**
     * Makes a session.
     *
     * @param weights the folder of the graph's external initializers, a real path; null where there are none
     */
    public static Session open(Graph graph, Device device, @Nullable Path weights) {
        return new Session(create(graph, device, weights));
    }

    /** As {@link #open}, for a caller who keeps results as ONNX Runtime gave them out; the caller closes it. */
    public static OrtSession create(Graph graph, Device device, @Nullable Path weights) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            configure(options, device);
            if (weights != null) {
                options.addConfigEntry("session.model_external_initializers_file_folder_path", weights.toString());
            }
            return OrtEnvironment.getEnvironment().createSession(OnnxModel.bytes(graph), options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses graph " + graph.name(), e);
        }
    }

    /**
     * The settings of every session: threads do not spin between runs, which costs other work its cores, and no memory
     * plan is kept for each new combination of lengths.
     */
    private static void configure(OrtSession.SessionOptions options, Device device) throws OrtException {
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setMemoryPatternOptimization(false);
        if (device == Device.CUDA) {
            options.addCUDA();
        }
    }

    /** Runs the graph. */
    public Outputs run(Feeds feeds) {
        try (feeds;
                OrtSession.Result result = session.run(feeds.tensors)) {
            return Outputs.copyOf(result);
        } catch (OrtException e) {
            throw new IllegalStateException("a run on ONNX Runtime failed", e);
        }
    }

    /** Runs the graph for some of its outputs, as ONNX Runtime gives them out; the caller closes them. */
    OrtSession.Result run(Feeds feeds, Set<String> outputs) {
        try (feeds) {
            return session.run(feeds.tensors, outputs);
        } catch (OrtException e) {
            throw new IllegalStateException("a run on ONNX Runtime failed", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("cannot close a session", e);
        }
    }

    /** The inputs of one run; freed by it, but for those lent. */
    public static final class Feeds implements AutoCloseable {
        private final Map<String, OnnxTensor> tensors = new HashMap<>();
        private final Set<OnnxTensor> lent = new HashSet<>();

        public Feeds longs(String name, long[] content, long... shape) {
            return put(name, () -> Tensors.of(content, shape));
        }

        public Feeds floats(String name, float[] content, long... shape) {
            return put(name, () -> Tensors.of(content, shape));
        }

        /** A tensor that stays the caller's, to close after the run. */
        Feeds lent(String name, OnnxTensor tensor) {
            tensors.put(name, tensor);
            lent.add(tensor);
            return this;
        }

        Map<String, OnnxTensor> tensors() {
            return tensors;
        }

        private Feeds put(String name, Creation creation) {
            try {
                tensors.put(name, creation.create());
                return this;
            } catch (OrtException e) {
                close();
                throw new IllegalArgumentException("input " + name, e);
            }
        }

        @Override
        public void close() {
            tensors.values().stream().filter(t -> !lent.contains(t)).forEach(OnnxTensor::close);
            tensors.clear();
        }

        @FunctionalInterface
        private interface Creation {
            OnnxTensor create() throws OrtException;
        }
    }
}
