package org.tunebench.train.step;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.NativeLibrary;

/**
 * Parameters, moments and gradients in memory that Java and ONNX Runtime share: a program reads parameters and writes
 * gradients without a copy, and the update changes them in place. Four bytes times four a parameter.
 */
final class HostState implements AutoCloseable {
    /** Elements that one thread works on at a time; blocks and the order of their sums do not depend on the threads. */
    private static final int BLOCK = 1 << 18;

    /** Elements copied into arrays at a time: four of them fit the first cache. */
    private static final int PIECE = 1 << 11;

    /** One trainable tensor. */
    private record Tensor(TensorSpec spec, FloatBuffer p, FloatBuffer m, FloatBuffer v, FloatBuffer g) {}

    private record Block(Tensor tensor, int from, int to) {}

    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, OnnxTensor> parameters = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> gradients = new LinkedHashMap<>();

    HostState(FlatLayout layout, FlatState start) throws OrtException {
        int at = 0;
        for (TensorSpec spec : layout.tensors()) {
            int size = Math.toIntExact(spec.elements());
            Tensor tensor = new Tensor(
                    spec,
                    shared(size).put(0, start.parameters(), at, size),
                    shared(size).put(0, start.firstMoment(), at, size),
                    shared(size).put(0, start.secondMoment(), at, size),
                    shared(size));
            at += size;
            tensors.add(tensor);
            for (int from = 0; from < size; from += BLOCK) {
                blocks.add(new Block(tensor, from, Math.min(size, from + BLOCK)));
            }
            parameters.put(spec.name(), onnx(tensor.p(), spec));
            gradients.put(spec.name(), onnx(tensor.g(), spec));
        }
    }

    private static FloatBuffer shared(int elements) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static OnnxTensor onnx(FloatBuffer content, TensorSpec spec) throws OrtException {
        long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(NativeLibrary.environment(), content, shape);
    }

    /** Parameters by tensor name. */
    Map<String, OnnxTensor> parameters() {
        return parameters;
    }

    /** Gradients by tensor name, of whatever a program wrote there last. */
    Map<String, OnnxTensor> gradients() {
        return gradients;
    }

    /** Sets all gradients to zero. */
    void clearGradients() {
        float[] zeros = new float[PIECE];
        blocks.parallelStream().forEach(block -> {
            for (int at = block.from(); at < block.to(); at += PIECE) {
                block.tensor().g().put(at, zeros, 0, Math.min(PIECE, block.to() - at));
            }
        });
    }

    /** The L2 norm of all gradients. */
    double gradientNorm() {
        double[] squares =
                blocks.parallelStream().mapToDouble(HostState::squares).toArray();
        return Math.sqrt(DoubleStream.of(squares).sum());
    }

    /** The sum of a block's squares, gathered in as many float sums as a piece has elements. */
    private static double squares(Block block) {
        float[] piece = new float[PIECE];
        float[] sums = new float[PIECE];
        for (int at = block.from(); at < block.to(); at += PIECE) {
            int n = Math.min(PIECE, block.to() - at);
            block.tensor().g().get(at, piece, 0, n);
            for (int i = 0; i < n; i++) {
                sums[i] += piece[i] * piece[i];
            }
        }
        double total = 0;
        for (float sum : sums) {
            total += sum;
        }
        return total;
    }

    /** One AdamW step. @param scalars as {@link AdamW#scalars} gives them; @param clip the gradients' factor */
    void update(AdamW optimizer, double[] scalars, float clip) {
        blocks.parallelStream().forEach(block -> update(block, optimizer, scalars, clip));
    }

    private static void update(Block block, AdamW optimizer, double[] scalars, float clip) {
        float[] p = new float[PIECE];
        float[] m = new float[PIECE];
        float[] v = new float[PIECE];
        float[] g = new float[PIECE];
        Tensor t = block.tensor();
        float decay = optimizer.decays(t.spec()) ? (float) scalars[0] : 1;
        for (int at = block.from(); at < block.to(); at += PIECE) {
            int n = Math.min(PIECE, block.to() - at);
            t.p().get(at, p, 0, n);
            t.m().get(at, m, 0, n);
            t.v().get(at, v, 0, n);
            t.g().get(at, g, 0, n);
            optimizer.update(n, p, m, v, g, clip, decay, (float) scalars[1], (float) scalars[2]);
            t.p().put(at, p, 0, n);
            t.m().put(at, m, 0, n);
            t.v().put(at, v, 0, n);
        }
    }

    /** A copy. */
    FlatState copy() {
        int size = tensors.stream().mapToInt(t -> t.p().capacity()).sum();
        FlatState copy = new FlatState(new float[size], new float[size], new float[size]);
        int at = 0;
        for (Tensor t : tensors) {
            int n = t.p().capacity();
            t.p().get(0, copy.parameters(), at, n);
            t.m().get(0, copy.firstMoment(), at, n);
            t.v().get(0, copy.secondMoment(), at, n);
            at += n;
        }
        return copy;
    }

    @Override
    public void close() {
        parameters.values().forEach(OnnxTensor::close);
        gradients.values().forEach(OnnxTensor::close);
    }
}
