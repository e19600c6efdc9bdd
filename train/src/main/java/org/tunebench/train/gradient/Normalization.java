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
        Value x = at.wide(at.in(0));
        Value g = at.wide(at.g());
        Value inverse = b.cast(at.node().outputs().get(1), x.type());
        Value normal = b.mul(x, inverse);
        Value dx = null;
        if (at.wants(0)) {
            Value h = b.mul(g, at.wide(at.in(1)));
            Value mean = b.reduceMean(b.mul(h, normal), true, -1);
            dx = b.cast(b.mul(inverse, b.sub(h, b.mul(normal, mean))), at.in(0).type());
        }
        return list(dx, at.wants(1) ? scaleGradient(at, g, normal) : null);
    }

    /**
     * y = n s + t with n = (x − mean(x)) r and r = 1 / √(var(x) + ε). With h = g s: dx = r (h − mean(h) − n mean(h n)), ds =
     * Σ g n, dt = Σ g.
     */
    static List<@Nullable Value> layerNorm(Backward at) {
        GraphBuilder b = at.b();
        Value x = at.wide(at.in(0));
        Value g = at.wide(at.g());
        Value mean = b.cast(at.node().outputs().get(1), x.type());
        Value inverse = b.cast(at.node().outputs().get(2), x.type());
        Value normal = b.mul(b.sub(x, mean), inverse);
        Value dx = null;
        if (at.wants(0)) {
            Value h = b.mul(g, at.wide(at.in(1)));
            Value along = b.mul(normal, b.reduceMean(b.mul(h, normal), true, -1));
            Value wide = b.mul(inverse, b.sub(b.sub(h, b.reduceMean(h, true, -1)), along));
            dx = b.cast(wide, at.in(0).type());
        }
        Value dt = at.wants(2) ? b.cast(at.sumTo(g, at.in(2).shape()), at.in(2).type()) : null;
        return list(dx, at.wants(1) ? scaleGradient(at, g, normal) : null, dt);
    }

    /** Σ g n, as the scale is. */
    private static Value scaleGradient(Backward at, Value g, Value normal) {
        Value scale = at.in(1);
        return at.b().cast(at.sumTo(at.b().mul(g, normal), scale.shape()), scale.type());
    }
}
