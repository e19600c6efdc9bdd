package org.tunebench.train.gradient;

import static org.tunebench.train.gradient.Backward.list;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** Rules of operators that move elements without changing them: the gradient moves back. */
final class Layout {
    private Layout() {}

    static List<@Nullable Value> reshape(Backward at) {
        return list(at.b().reshapeLike(at.g(), at.in(0)));
    }

    static List<@Nullable Value> transpose(Backward at) {
        long[] permutation = at.node().longsAttribute("perm");
        int[] inverse = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            inverse[(int) permutation[i]] = i;
        }
        return list(at.b().transpose(at.g(), inverse));
    }

    static List<@Nullable Value> expand(Backward at) {
        return list(at.sumTo(at.g(), at.in(0).shape()));
    }

    static List<@Nullable Value> concat(Backward at) {
        int axis = (int) at.node().longAttribute("axis", 0);
        long[] lengths = at.node().inputs().stream()
                .mapToLong(v -> v == null ? 0 : v.dim(axis).size())
                .toArray();
        return new ArrayList<>(at.b().split(at.g(), axis, lengths));
    }

    static List<@Nullable Value> split(Backward at) {
        GraphBuilder b = at.b();
        int axis = (int) at.node().longAttribute("axis", 0);
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < at.node().outputs().size(); i++) {
            Value g = at.outputGradients().get(i);
            parts.add(g == null ? b.zerosLike(at.node().outputs().get(i)) : g);
        }
        return list(b.concat(axis, parts));
    }
}
