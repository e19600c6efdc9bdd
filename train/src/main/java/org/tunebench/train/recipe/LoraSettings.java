package org.tunebench.train.recipe;

import java.util.List;
import org.tunebench.core.input.Range;

/**
 * Low-rank adapters (Hu et al. 2021, arXiv:2106.09685): ΔW = scale · B·A.
 *
 * @param r the rank
 * @param alpha the numerator of {@link #scale()}
 * @param dropout the share of an adapter's inputs that is zeroed in training
 * @param targets the projections that get an adapter: module names, or patterns with {@code *}; left
 *     out, every one inside the layers
 * @param dora whether each module learns a magnitude too (weight-decomposed, Liu et al. 2024, arXiv:2402.09353)
 * @param rslora whether the scale is α/√r (Kalajdzievski 2023, arXiv:2312.03732) in place of α/r
 * @param merge whether the run folder also gets the whole model, {@code merged/} beside the adapter in {@code checkpoint/}
 */
public record LoraSettings(
        Integer r, Double alpha, Double dropout, List<String> targets, Boolean rslora, Boolean dora, Boolean merge) {
    private static final List<String> EVERY_PROJECTION = List.of("*");

    /** Every value at its default. */
    public static final LoraSettings DEFAULT = new LoraSettings(8, 16.0, 0.0, EVERY_PROJECTION, false, false, false);

    public LoraSettings {
        r = Range.from(1).to(4096).check("r", r == null ? 8 : r);
        alpha = Range.above(0).to(65536).check("alpha", alpha == null ? 16.0 : alpha);
        dropout = Range.from(0).below(1).check("dropout", dropout == null ? 0.0 : dropout);
        targets = targets == null ? EVERY_PROJECTION : List.copyOf(targets);
        rslora = rslora != null && rslora;
        dora = dora != null && dora;
        merge = merge != null && merge;
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets is an empty list: no module would be trained");
        }
    }

    /** α/r, or α/√r for rsLoRA. */
    public double scale() {
        return alpha / (rslora ? Math.sqrt(r) : r);
    }
}
