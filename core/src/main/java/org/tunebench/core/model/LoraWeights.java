package org.tunebench.core.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Value;

/**
 * Low-rank adaptation (Hu et al. 2021) on top of other weights: {@code x·Wᵀ + scale · (x·Aᵀ)·Bᵀ}; weight-decomposed (DoRA, Liu
 * et al. 2024) where a module has a magnitude: that times {@code m / ‖W + scale · B·A‖} for each row.
 *
 * @param factors by module name, e.g. {@code model.layers.0.self_attn.q_proj}
 * @param scale alpha / rank, or alpha / √rank for rsLoRA
 * @param dropout of the adapters' inputs
 */
public record LoraWeights(Weights base, Map<String, Factors> factors, double scale, Dropout dropout)
        implements Weights {
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
        Value kept = dropout.apply(b, module, x);
        Value narrow = b.matMul(kept, f.a(), false, true, 1); // [..., rank]
        Value change = b.matMul(narrow, f.b(), false, true, scale);
        if (f.magnitude() == null) {
            return b.add(whole, change);
        }
        Value ratio = f.magnitude().ratio(b, base, module); // [out]
        if (kept == x) {
            return b.mul(ratio, b.add(whole, change));
        }
        // as PEFT: with dropout, what the magnitude adds to the base's product sees the dropped input too
        Value added = b.sub(b.mul(ratio, b.add(base.linear(b, module, kept), change)), base.linear(b, module, kept));
        return b.add(whole, added);
    }

    /**
     * The two factors of a module's change.
     *
     * @param a [rank, in]
     * @param b [out, rank]
     */
    public record Factors(Value a, Value b, @Nullable Magnitude magnitude) {}

    /** DoRA's magnitude of a module. */
    @FunctionalInterface
    public interface Magnitude {
        /** The magnitude over the norm of each row of the adapted weight, [out]. */
        Value ratio(GraphBuilder b, Weights base, LinearModule module);
    }

    /** What happens to an adapter's input in training. */
    @FunctionalInterface
    public interface Dropout {
        /** Leaves the input as it is. */
        Dropout NONE = (b, module, x) -> x;

        /** @return of x's shape; x itself where nothing is dropped */
        Value apply(GraphBuilder b, LinearModule module, Value x);
    }
}
