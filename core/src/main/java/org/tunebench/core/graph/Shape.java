package org.tunebench.core.graph;

import java.util.ArrayList;
import java.util.List;

/** The dimensions of a tensor, outermost first; none for a scalar. */
public record Shape(List<Dim> dims) {
    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dims = List.copyOf(dims);
    }

    /** From numbers and symbols: {@code Shape.of("batch", "time", 128)}. */
    public static Shape of(Object... dims) {
        List<Dim> list = new ArrayList<>();
        for (Object dim : dims) {
            if (dim instanceof Dim d) {
                list.add(d);
            } else if (dim instanceof String s) {
                list.add(Dim.of(s));
            } else if (dim instanceof Number n) {
                list.add(Dim.of(n.longValue()));
            } else {
                throw new IllegalArgumentException("not a dimension: " + dim);
            }
        }
        return new Shape(list);
    }

    public int rank() {
        return dims.size();
    }

    /** A dimension; negative axes count from the end. */
    public Dim dim(int axis) {
        return dims.get(axis(axis));
    }

    /** The same axis counted from the front. */
    public int axis(int axis) {
        int a = axis < 0 ? axis + rank() : axis;
        if (a < 0 || a >= rank()) {
            throw new IllegalArgumentException("axis " + axis + " of shape " + this);
        }
        return a;
    }

    /** The same shape with one dimension changed. */
    public Shape with(int axis, Dim dim) {
        List<Dim> changed = new ArrayList<>(dims);
        changed.set(axis(axis), dim);
        return new Shape(changed);
    }

    /** Elements, where every dimension is known. */
    public long elements() {
        long n = 1;
        for (Dim dim : dims) {
            if (!dim.known()) {
                throw new IllegalStateException("shape " + this + " has no fixed number of elements");
            }
            n = Math.multiplyExact(n, dim.size());
        }
        return n;
    }

    /** The shape of an element-wise operation on two shapes, by NumPy's broadcasting rule. */
    public static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        List<Dim> out = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            int ai = i - (rank - a.rank());
            int bi = i - (rank - b.rank());
            if (ai < 0) {
                out.add(b.dims.get(bi));
            } else if (bi < 0) {
                out.add(a.dims.get(ai));
            } else {
                Dim x = a.dims.get(ai);
                Dim y = b.dims.get(bi);
                if (!x.equals(y) && !x.isOne() && !y.isOne()) {
                    throw new IllegalArgumentException("shapes " + a + " and " + b + " do not broadcast");
                }
                out.add(x.isOne() ? y : x);
            }
        }
        return new Shape(out);
    }

    @Override
    public String toString() {
        return dims.toString();
    }
}
