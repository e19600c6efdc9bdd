package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.Initializer;
import org.tunebench.core.graph.OnnxModel;

/**
 * A graph made ready to run. Inputs are copied in and results copied out, so that no native memory is used after it is
 * freed. Safe for use by several threads.
 */
public final class Session implements AutoCloseable {
    private static final long MEMORY =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();

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

    /** Whether the graph has an input of this name. */
    boolean takes(String input) {
        return session.getInputNames().contains(input);
    }

    /** As {@link #open}, for a caller who keeps results as ONNX Runtime gave them out; the caller closes it. */
    public static OrtSession create(Graph graph, Device device, @Nullable Path weights) {
        return create(graph, device, weights, MEMORY);
    }

    /** @param memory of the machine, in bytes */
    static OrtSession create(Graph graph, Device device, @Nullable Path weights, long memory) {
        try (OrtSession.SessionOptions options = options(device)) {
            if (!packs(graph, memory)) {
                options.addConfigEntry("session.disable_prepacking", "1");
            }
            if (weights != null) {
                options.addConfigEntry("session.model_external_initializers_file_folder_path", weights.toString());
            }
            return NativeLibrary.environment().createSession(OnnxModel.bytes(graph), options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses graph " + graph.name(), e);
        }
    }

    /**
     * The settings of every session, which the caller closes: threads do not spin between runs, which costs other work its
     * cores, and no memory plan is kept for each new combination of lengths.
     */
    public static OrtSession.SessionOptions options(Device device) throws OrtException {
        NativeLibrary.environment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.setMemoryPatternOptimization(false);
        if (device == Device.CUDA) {
            options.addCUDA();
        }
        return options;
    }

    /**
     * Whether matrices are laid out anew for the processor when the session is made. It makes runs faster (3 to 30 % less
     * time), but needs a copy of all weights in each session; without it they are read from their files' mapping. Weights
     * that would fill more than a quarter of the memory are left where they are.
     */
    static boolean packs(Graph graph, long memory) {
        long bytes = 0;
        for (Initializer initializer : graph.initializers()) {
            if (initializer instanceof Initializer.External external) {
                bytes += external.value().shape().elements() * DType.FLOAT.bytes();
            }
        }
        return bytes <= memory / 4;
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
