package org.tunebench.train.gradient;

import static org.tunebench.train.gradient.Backward.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Rules of sums and means: every element of the input gets its share. */
final class Reductions {
    private Reductions() {}

    static List<@Nullable Value> sum(Backward at) {
        return list(at.b().expandLike(at.g(), at.in(0)));
    }

    static List<@Nullable Value> mean(Backward at) {
        GraphBuilder b = at.b();
        Value inputs = elements(b, at.in(0));
        Value outputs = elements(b, at.out());
        Value share =
                b.div(b.cast(outputs, at.g().type()), b.cast(inputs, at.g().type()));
        return list(b.expandLike(b.mul(at.g(), share), at.in(0)));
    }

    private static Value elements(GraphBuilder b, Value v) {
        Value n = b.scalar(DType.INT64, 1);
        for (int i = 0; i < v.rank(); i++) {
            Dim d = v.dim(i);
            n = b.mul(n, d.known() ? b.scalar(DType.INT64, d.size()) : b.dimOf(v, i));
        }
        return n;
    }
}
