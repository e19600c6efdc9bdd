package org.tunebench.core.graph;

import java.nio.ByteBuffer;

/** A tensor whose content is fixed when the session is made. */
public sealed interface Initializer {
    Value value();

    /** Content inside the model, little-endian, row-major. */
    record Inline(Value value, ByteBuffer content) implements Initializer {}

    /**
     * Content in a file beside the model, which ONNX Runtime maps: any offset, so straight into a safetensors file.
     *
     * @param file the file's name, without a folder
     */
    record External(Value value, String file, long offset, long length) implements Initializer {}
}
