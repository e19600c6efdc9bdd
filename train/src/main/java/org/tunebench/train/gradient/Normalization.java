package org.tunebench.train.gradient;

import static org.tunebench.train.gradient.Backward.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Rules of operators that normalise along an axis. */
final class Normalization {
    private Normalization() {}

    /** dx = y (g − Σ g y). */
    static List<@Nullable Value> softmax(Backward at) {
        GraphBuilder b = at.b();
        int axis = (int) at.node().longAttribute("axis", -1);
        Value dot = b.reduceSum(b.mul(at.g(), at.out()), true, axis);
        return list(b.mul(at.out(), b.sub(at.g(), dot)));
    }

    /** dx = g − exp(y) Σ g. */
    static List<@Nullable Value> logSoftmax(Backward at) {
        GraphBuilder b = at.b();
        int axis = (int) at.node().longAttribute("axis", -1);
        Value total = b.reduceSum(at.g(), true, axis);
        return list(b.sub(at.g(), b.mul(b.exp(at.out()), total)));
    }

    /**
     * y = x r s with r = 1 / √(mean(x²) + ε). With n = x r and h = g s: dx = r (h − n mean(h n)), ds = Σ g n.
     */
    static List<@Nullable Value> rmsNorm(Backward at) {
        GraphBuilder b = at.b();
        Value inverse = b.cast(at.node().outputs().get(1), at.in(0).type());
        Value normal = b.mul(at.in(0), inverse);
        Value dx = null;
        if (at.wants(0)) {
            Value h = b.mul(at.g(), at.in(1));
            Value mean = b.reduceMean(b.mul(h, normal), true, -1);
            dx = b.mul(inverse, b.sub(h, b.mul(normal, mean)));
        }
        Value ds = at.wants(1) ? at.sumTo(b.mul(at.g(), normal), at.in(1).shape()) : null;
        return list(dx, ds);
    }

    /**
     * y = n s + t with n = (x − mean(x)) r and r = 1 / √(var(x) + ε). With h = g s: dx = r (h − mean(h) − n mean(h n)), ds =
     * Σ g n, dt = Σ g.
     */
    static List<@Nullable Value> layerNorm(Backward at) {
        GraphBuilder b = at.b();
        Value mean = b.cast(at.node().outputs().get(1), at.in(0).type());
        Value inverse = b.cast(at.node().outputs().get(2), at.in(0).type());
        Value normal = b.mul(b.sub(at.in(0), mean), inverse);
        Value dx = null;
        if (at.wants(0)) {
            Value h = b.mul(at.g(), at.in(1));
            Value along = b.mul(normal, b.reduceMean(b.mul(h, normal), true, -1));
            dx = b.mul(inverse, b.sub(b.sub(h, b.reduceMean(h, true, -1)), along));
        }
        Value ds = at.wants(1) ? at.sumTo(b.mul(at.g(), normal), at.in(1).shape()) : null;
        Value dt = at.wants(2) ? at.sumTo(at.g(), at.in(2).shape()) : null;
        return list(dx, ds, dt);
    }
}
