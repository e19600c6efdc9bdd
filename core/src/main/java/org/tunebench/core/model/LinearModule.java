package org.tunebench.core.model;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * A linear map of the forward pass.
 *
 * @param name of the module, e.g. {@code model.layers.0.self_attn.q_proj}
 * @param out width of the result
 * @param in width of the input
 * @param bias whether {@code name.bias} [out] is added
 * @param inputFirst whether {@code name.weight} is stored as [in, out], as the Conv1D of GPT-2 does, rather than [out, in]
 */
public record LinearModule(String name, long out, long in, boolean bias, boolean inputFirst) {

    static LinearModule of(String name, long out, long in, boolean bias) {
        return new LinearModule(name, out, in, bias, false);
    }

    /** The last part of the name, e.g. {@code q_proj}. */
    public String lastPart() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    public String weight() {
        return name + ".weight";
    }

    List<TensorSpec> tensors() {
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(inputFirst ? TensorSpec.of(weight(), in, out) : TensorSpec.of(weight(), out, in));
        if (bias) {
            specs.add(TensorSpec.of(name + ".bias", out));
        }
        return specs;
    }

    /** [..., in] → [..., out]. */
    Value apply(GraphBuilder b, Weights weights, Value x) {
        Value product = weights.linear(b, this, x);
        return bias ? b.add(product, weights.tensor(name + ".bias")) : product;
    }
}
