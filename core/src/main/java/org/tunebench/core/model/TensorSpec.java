package org.tunebench.core.model;

import java.util.Arrays;
import java.util.List;

/** A parameter a family needs: its Hugging Face name and its shape, outermost dimension first. */
public record TensorSpec(String name, List<Long> shape) {
    public TensorSpec {
        shape = List.copyOf(shape);
    }

    public static TensorSpec of(String name, long... shape) {
        return new TensorSpec(name, Arrays.stream(shape).boxed().toList());
    }

    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
