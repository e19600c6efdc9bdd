package org.tunebench.core.weights;

import java.nio.FloatBuffer;
import java.util.List;

/** A named tensor of floats that can be written; its content need not be in memory before it is. */
public interface NamedTensor {
    String name();

    /** Outermost dimension first. */
    List<Long> shape();

    /** What remains of the buffer is the content, row-major; asked for once, when it is written. */
    FloatBuffer content();

    default long elements() {
        return shape().stream().reduce(1L, Math::multiplyExact);
    }
}
