package org.tunebench.core.weights;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** A named tensor of floats in memory; the content is what remains of the buffer, row-major. */
public record FloatTensor(String name, List<Long> shape, FloatBuffer content) implements NamedTensor {
    public FloatTensor {
        shape = List.copyOf(shape);
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        if (elements != content.remaining()) {
            throw new IllegalArgumentException(
                    name + ": " + content.remaining() + " floats for shape " + shape + " of " + elements);
        }
    }

    public static FloatTensor of(String name, float[] content, long... shape) {
        return new FloatTensor(name, Arrays.stream(shape).boxed().toList(), FloatBuffer.wrap(content));
    }
}
