package org.tunebench.train.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Node;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/**
 * What a rule sees: the operator, the gradients of its outputs, and a builder to write with.
 *
 * @param b writes behind the forward operators
 * @param outputGradients one an output; null where nothing depends on it
 * @param wanted the values whose gradient somebody needs
 * @param soFar what later operators have given to each value's gradient
 */
record Backward(
        GraphBuilder b,
        Node node,
        List<@Nullable Value> outputGradients,
        Set<String> wanted,
        Map<String, Value> soFar,
        Differentiation way) {
    /** The gradient of the first output. */
    Value g() {
        Value g = outputGradients.get(0);
        if (g == null) {
            throw new IllegalStateException("no gradient of the first output of " + node.operator());
        }
        return g;
    }

    Value in(int i) {
        return node.input(i);
    }

    Value out() {
        return node.output();
    }

    boolean wants(int i) {
        return wanted.contains(node.input(i).name());
    }

    /**
     * What later operators have given to an input's gradient, or zeros: for a rule that adds to a few elements only, and
     * whose result then stands for both.
     */
    Value takeSoFar(int i) {
        Value gradient = soFar.remove(node.input(i).name());
        return gradient == null ? b.zerosLike(node.input(i)) : gradient;
    }

    /** The value itself, or in float where it has 16 bits: for sums that 16 bits cannot hold. */
    Value wide(Value v) {
        return v.type().bytes() == 2 ? b.cast(v, DType.FLOAT) : v;
    }

    Value scalar(double number) {
        return b.scalar(out().type(), number);
    }

    /** A list that may hold nulls. */
    static List<@Nullable Value> list(@Nullable Value... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    /** Sums a gradient over the dimensions along which its value was broadcast. */
    Value sumTo(Value gradient, Shape target) {
        int extra = gradient.rank() - target.rank();
        Value g = extra == 0 ? gradient : b.reduceSum(gradient, false, first(extra));
        int[] repeated = new int[target.rank()];
        int n = 0;
        for (int i = 0; i < target.rank(); i++) {
            if (target.dim(i).equals(Dim.of(1)) && !g.dim(i).equals(Dim.of(1))) {
                repeated[n++] = i;
            }
        }
        return n == 0 ? g : b.reduceSum(g, true, Arrays.copyOf(repeated, n));
    }

    private static int[] first(int n) {
        int[] axes = new int[n];
        Arrays.setAll(axes, i -> i);
        return axes;
    }
}
