package org.tunebench.core.graph;

/** Element types of tensors, with their ONNX codes. */
public enum DType {
    FLOAT(1, 4),
    DOUBLE(11, 8),
    FLOAT16(10, 2),
    BFLOAT16(16, 2),
    INT32(6, 4),
    INT64(7, 8),
    BOOL(9, 1);

    private final int onnx;
    private final int bytes;

    DType(int onnx, int bytes) {
        this.onnx = onnx;
        this.bytes = bytes;
    }

    /** The number of TensorProto.DataType. */
    public int onnx() {
        return onnx;
    }

    /** Bytes an element takes. */
    public int bytes() {
        return bytes;
    }

    /** Whether gradients can flow through it. */
    public boolean floating() {
        return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
    }
}
