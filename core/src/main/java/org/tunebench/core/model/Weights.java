package org.tunebench.core.model;

import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/** How a forward pass gets its parameters: from a file, from training state, or with an adapter on top. */
public interface Weights {
    /** The type the forward pass computes in. */
    DType type();

    /** A parameter by its Hugging Face name, e.g. {@code model.layers.0.input_layernorm.weight}, of {@link #type()}. */
    Value tensor(String name);

    /**
     * The product of a linear module, {@code x · Wᵀ}, or {@code x · W} where it is stored input first; adapters override
     * it.
     *
     * @param x [..., in]
     * @return [..., out], without a bias
     */
    default Value linear(GraphBuilder b, LinearModule module, Value x) {
        return b.matMul(x, tensor(module.weight()), false, !module.inputFirst(), 1);
    }
}
