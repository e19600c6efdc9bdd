package org.tunebench.core.graph;

import java.util.Objects;

/** A tensor in a graph: a unique name, an element type and a shape. */
public record Value(String name, DType type, Shape shape) {
    public Value {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(shape, "shape");
    }

    public int rank() {
        return shape.rank();
    }

    public Dim dim(int axis) {
        return shape.dim(axis);
    }

    @Override
    public String toString() {
        return name + ":" + type + shape;
    }
}
