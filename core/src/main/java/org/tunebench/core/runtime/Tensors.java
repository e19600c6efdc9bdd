package org.tunebench.core.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Tensors from arrays, through direct buffers of native byte order: with any other, ONNX Runtime reads garbage. */
public final class Tensors {
    private Tensors() {}

    /** An int64 tensor; the caller closes it. */
    public static OnnxTensor of(long[] content, long... shape) throws OrtException {
        LongBuffer buffer = direct(content.length * 8L).asLongBuffer();
        buffer.put(content).flip();
        return OnnxTensor.createTensor(NativeLibrary.environment(), buffer, shape);
    }

    /** A float tensor; the caller closes it. */
    public static OnnxTensor of(float[] content, long... shape) throws OrtException {
        FloatBuffer buffer = direct(content.length * 4L).asFloatBuffer();
        buffer.put(content).flip();
        return OnnxTensor.createTensor(NativeLibrary.environment(), buffer, shape);
    }

    /** A bool tensor of bytes 0 and 1; the caller closes it. */
    public static OnnxTensor ofBooleans(byte[] content, long... shape) throws OrtException {
        ByteBuffer buffer = direct(content.length);
        buffer.put(content).flip();
        return OnnxTensor.createTensor(NativeLibrary.environment(), buffer, shape, OnnxJavaType.BOOL);
    }

    private static ByteBuffer direct(long bytes) {
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }
}
