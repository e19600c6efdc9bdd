package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Root-mean-square normalisation over the last dimension (Zhang and Sennrich 2019).
 *
 * @param name of the module, e.g. {@code model.norm}
 * @param size of the last dimension
 * @param epsilon added under the root
 * @param aroundOne whether the scale is 1 + weight, as Gemma stores it, rather than the weight
 */
record RmsNorm(String name, long size, double epsilon, boolean aroundOne) implements Norm {

    static RmsNorm of(String name, long size, double epsilon) {
        return new RmsNorm(name, size, epsilon, false);
    }

    @Override
    public List<TensorSpec> tensors() {
        return List.of(TensorSpec.of(name + ".weight", size));
    }

    @Override
    public Value apply(GraphBuilder b, Weights weights, Value x) {
        Value weight = weights.tensor(name + ".weight");
        Value scale = aroundOne ? b.add(weight, b.scalar(weight.type(), 1)) : weight;
        return b.rmsNorm(x, scale, epsilon).get(0);
    }
}
