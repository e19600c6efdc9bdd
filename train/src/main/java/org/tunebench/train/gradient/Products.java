package org.tunebench.train.gradient;

import static org.tunebench.train.gradient.Backward.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/** The rule of matrix products, transposed or not: products again, without a Transpose. */
final class Products {
    private static final int WIDE = 8192;

    private Products() {}

    /**
     * y = α op(a) op(b). Not transposed: da = α g op(b)ᵀ, db = α op(a)ᵀ g; transposed: the transpose of that.
     */
    static List<@Nullable Value> matMul(Backward at) {
        GraphBuilder b = at.b();
        boolean ta = at.node().longAttribute("transA", 0) == 1;
        boolean tb = at.node().longAttribute("transB", 0) == 1;
        double alpha = at.node().floatAttribute("alpha", 1);
        Value first = null;
        if (at.wants(0)) {
            Value da = ta ? b.matMul(at.in(1), at.g(), tb, true, alpha) : b.matMul(at.g(), at.in(1), false, !tb, alpha);
            first = at.sumTo(da, at.in(0).shape());
        }
        Value second = null;
        if (at.wants(1)) {
            boolean weight = at.in(1).rank() == 2 && at.in(0).rank() > 2 && !ta;
            Dim rows = b.graph().newSymbol("rows");
            Value x = weight ? rows(b, at.in(0), rows) : at.in(0);
            Value g = weight ? rows(b, at.g(), rows) : at.g();
            Value db = tb && !ta && x.rank() == 2 && wide(at.in(1))
                    ? b.matMul(turned(b, g), x, false, false, alpha)
                    : tb ? b.matMul(g, x, true, ta, alpha) : b.matMul(x, g, !ta, false, alpha);
            second = at.sumTo(db, at.in(1).shape());
        }
        return list(first, second);
    }

    /** Whether a weight [out, in] has so many rows that a product with the transposed gradient is slow. */
    private static boolean wide(Value weight) {
        return weight.dim(0).known() && weight.dim(0).size() >= WIDE;
    }

    /**
     * [rows, out] → [out, rows] as an operator of its own: the CPU's product packs a transposed left side anew for every 128
     * columns of the right one, and when it is as wide as a vocabulary each of its rows lies on another page. Measured with
     * 50257 columns: 1.6 times as fast, transposing included. The reshapes keep ONNX Runtime from folding it back.
     */
    private static Value turned(GraphBuilder b, Value g) {
        Value three = b.reshape(g, new Shape(List.of(Dim.of(1), g.dim(0), g.dim(1))));
        return b.reshape(b.transpose(three, 0, 2, 1), new Shape(List.of(g.dim(1), g.dim(0))));
    }

    /** All leading dimensions as one, so that a weight's gradient is one product instead of a sum of many. */
    private static Value rows(GraphBuilder b, Value v, Dim rows) {
        return b.reshape(v, new Shape(List.of(rows, v.dim(-1))));
    }
}
