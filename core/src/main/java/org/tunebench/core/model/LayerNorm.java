package org.tunebench.core.model;

import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Layer normalisation over the last dimension, with a scale and a bias (Ba et al. 2016).
 *
 * @param name of the module, e.g. {@code transformer.ln_f}
 * @param size of the last dimension
 * @param epsilon added to the variance
 */
record LayerNorm(String name, long size, double epsilon) implements Norm {
    @Override
    public List<TensorSpec> tensors() {
        return List.of(TensorSpec.of(name + ".weight", size), TensorSpec.of(name + ".bias", size));
    }

    @Override
    public Value apply(GraphBuilder b, Weights weights, Value x) {
        return b.layerNorm(x, weights.tensor(name + ".weight"), weights.tensor(name + ".bias"), epsilon)
                .get(0);
    }
}
