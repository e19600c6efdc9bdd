package org.tunebench.train.gradient;

import static org.tunebench.train.gradient.Backward.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Rules of element-wise operators; where inputs broadcast, the gradient is summed back. */
final class Elementwise {
    private Elementwise() {}

    static List<@Nullable Value> add(Backward at) {
        return list(
                at.sumTo(at.g(), at.in(0).shape()), at.sumTo(at.g(), at.in(1).shape()));
    }

    static List<@Nullable Value> sub(Backward at) {
        Value second = at.wants(1) ? at.sumTo(at.b().neg(at.g()), at.in(1).shape()) : null;
        return list(at.sumTo(at.g(), at.in(0).shape()), second);
    }

    /** y = a b: da = g b, db = g a. */
    static List<@Nullable Value> mul(Backward at) {
        return list(
                at.wants(0) ? at.sumTo(at.b().mul(at.g(), at.in(1)), at.in(0).shape()) : null,
                at.wants(1) ? at.sumTo(at.b().mul(at.g(), at.in(0)), at.in(1).shape()) : null);
    }

    /** y = a / b: da = g / b, db = −g y / b. */
    static List<@Nullable Value> div(Backward at) {
        Value quotient = at.b().div(at.g(), at.in(1));
        Value second = at.wants(1)
                ? at.sumTo(at.b().neg(at.b().mul(quotient, at.out())), at.in(1).shape())
                : null;
        return list(at.sumTo(quotient, at.in(0).shape()), second);
    }

    static List<@Nullable Value> neg(Backward at) {
        return list(at.b().neg(at.g()));
    }

    /** dy/da = 1 / (2 y). */
    static List<@Nullable Value> sqrt(Backward at) {
        return list(at.b().div(at.b().mul(at.g(), at.scalar(0.5)), at.out()));
    }

    static List<@Nullable Value> exp(Backward at) {
        return list(at.b().mul(at.g(), at.out()));
    }

    static List<@Nullable Value> log(Backward at) {
        return list(at.b().div(at.g(), at.in(0)));
    }

    /** dy/da = y (1 − y). */
    static List<@Nullable Value> sigmoid(Backward at) {
        Value slope = at.b().mul(at.out(), at.b().sub(at.scalar(1), at.out()));
        return list(at.b().mul(at.g(), slope));
    }

    /** dy/da = 1 − y². */
    static List<@Nullable Value> tanh(Backward at) {
        Value slope = at.b().sub(at.scalar(1), at.b().mul(at.out(), at.out()));
        return list(at.b().mul(at.g(), slope));
    }

    /** dy/da = 2/√π · exp(−a²). */
    static List<@Nullable Value> erf(Backward at) {
        Value bell = at.b().exp(at.b().neg(at.b().mul(at.in(0), at.in(0))));
        return list(at.b().mul(at.g(), at.b().mul(bell, at.scalar(2 / Math.sqrt(Math.PI)))));
    }

    /**
     * y = x/2 (1 + t) with t = tanh(u) and u = √(2/π) (x + 0.044715 x³): dy/dx = (1 + t)/2 + x/2 (1 − t²) u'.
     */
    static List<@Nullable Value> geluTanh(Backward at) {
        GraphBuilder b = at.b();
        if (!"tanh".equals(at.node().attributes().get("approximate"))) {
            throw new IllegalArgumentException("Gelu has a gradient rule for its tanh form only, got " + at.node());
        }
        Value x = at.in(0);
        double c = Math.sqrt(2 / Math.PI);
        Value square = b.mul(x, x);
        Value t = b.tanh(b.mul(x, b.add(at.scalar(c), b.mul(square, at.scalar(c * 0.044715)))));
        Value inner = b.add(at.scalar(c), b.mul(square, at.scalar(3 * c * 0.044715)));
        Value bend = b.mul(b.mul(x, inner), b.sub(at.scalar(1), b.mul(t, t)));
        Value slope = b.mul(b.add(b.add(t, at.scalar(1)), bend), at.scalar(0.5));
        return list(b.mul(at.g(), slope));
    }

    static List<@Nullable Value> identity(Backward at) {
        return list(at.g());
    }

    static List<@Nullable Value> cast(Backward at) {
        return list(at.b().cast(at.g(), at.in(0).type()));
    }

    /** Each side gets the gradient where it was taken. */
    static List<@Nullable Value> where(Backward at) {
        Value zero = at.scalar(0);
        Value condition = at.in(0);
        return list(
                null,
                at.wants(1)
                        ? at.sumTo(
                                at.b().where(condition, at.g(), zero), at.in(1).shape())
                        : null,
                at.wants(2)
                        ? at.sumTo(
                                at.b().where(condition, zero, at.g()), at.in(2).shape())
                        : null);
    }
}
