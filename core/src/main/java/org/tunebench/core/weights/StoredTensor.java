package org.tunebench.core.weights;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a tensor lies.
 *
 * @param file the safetensors file
 * @param shape outermost dimension first; the content is row-major and little-endian
 * @param offset of the first byte, from the start of the file
 * @param length in bytes
 */
public record StoredTensor(Path file, String name, StoredType type, List<Long> shape, long offset, long length) {
    public StoredTensor {
        shape = List.copyOf(shape);
    }

    public long elements() {
        return length / type.bytes();
    }
}
