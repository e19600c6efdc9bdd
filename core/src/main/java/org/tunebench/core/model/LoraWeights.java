package org.tunebench.core.model;

import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Low-rank adaptation (Hu et al. 2021) on top of other weights: {@code x·Wᵀ + scale · (x·Aᵀ)·Bᵀ}.
 *
 * @param factors by module name, e.g. {@code model.layers.0.self_attn.q_proj}
 * @param scale alpha / rank, or alpha / √rank for rsLoRA
 */
public record LoraWeights(Weights base, Map<String, Factors> factors, double scale) implements Weights {
    public LoraWeights {
        factors = Map.copyOf(factors);
    }

    @Override
    public DType type() {
        return base.type();
    }

    @Override
    public Value tensor(String name) {
        return base.tensor(name);
    }

    @Override
    public Value linear(GraphBuilder b, LinearModule module, Value x) {
        Value whole = base.linear(b, module, x);
        Factors f = factors.get(module.name());
        if (f == null) {
            return whole;
        }
        Value narrow = b.matMul(x, f.a(), false, true, 1); // [..., rank]
        return b.add(whole, b.matMul(narrow, f.b(), false, true, scale));
    }

    /**
     * The two factors of a module's change.
     *
     * @param a [rank, in]
     * @param b [out, rank]
     */
    public record Factors(Value a, Value b) {}
}
