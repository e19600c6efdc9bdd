package org.tunebench.train.gradient;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.OnnxModel;
import org.tunebench.core.graph.Value;
import org.tunebench.core.runtime.NativeLibrary;

/** Runs a graph on double arrays. */
public final class Evaluation implements AutoCloseable {
    private final OrtEnvironment environment = NativeLibrary.environment();
    private final OrtSession session;
    private final Map<String, Value> inputs = new LinkedHashMap<>();

    public Evaluation(Graph graph) throws OrtException {
        graph.inputs().forEach(v -> inputs.put(v.name(), v));
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            session = environment.createSession(OnnxModel.bytes(graph), options);
        }
    }

    /** A tensor's content and its real dimensions. */
    public record Tensor(double[] numbers, long[] shape) {}

    public Map<String, double[]> run(Map<String, Tensor> feeds) throws OrtException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> feed : feeds.entrySet()) {
                tensors.put(feed.getKey(), tensor(inputs.get(feed.getKey()).type(), feed.getValue()));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                Map<String, double[]> out = new LinkedHashMap<>();
                result.forEach(e -> out.put(e.getKey(), numbers((OnnxTensor) e.getValue())));
                return out;
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(DType type, Tensor t) throws OrtException {
        double[] x = t.numbers();
        switch (type) {
            case DOUBLE:
                return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(x), t.shape());
            case FLOAT:
                float[] f = new float[x.length];
                for (int i = 0; i < x.length; i++) {
                    f[i] = (float) x[i];
                }
                return OnnxTensor.createTensor(environment, FloatBuffer.wrap(f), t.shape());
            case INT64:
                long[] l = new long[x.length];
                for (int i = 0; i < x.length; i++) {
                    l[i] = (long) x[i];
                }
                return OnnxTensor.createTensor(environment, LongBuffer.wrap(l), t.shape());
            case BOOL:
                ByteBuffer bytes = ByteBuffer.allocateDirect(x.length);
                for (double flag : x) {
                    bytes.put((byte) flag);
                }
                return OnnxTensor.createTensor(environment, bytes.flip(), t.shape(), OnnxJavaType.BOOL);
            default:
                throw new IllegalArgumentException("no feeds of " + type);
        }
    }

    private static double[] numbers(OnnxTensor tensor) {
        switch (tensor.getInfo().type) {
            case DOUBLE:
                DoubleBuffer d = tensor.getDoubleBuffer();
                double[] out = new double[d.remaining()];
                d.get(out);
                return out;
            case FLOAT:
                FloatBuffer f = tensor.getFloatBuffer();
                double[] wide = new double[f.remaining()];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = f.get(i);
                }
                return wide;
            default:
                throw new IllegalArgumentException("no results of " + tensor.getInfo());
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
