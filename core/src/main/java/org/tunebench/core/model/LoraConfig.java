package org.tunebench.core.model;

import java.util.List;

/**
 * What adapter_config.json of a PEFT LoRA folder says.
 *
 * @param base the base model's name or path
 * @param rank inner width of the change, at least 1
 * @param alpha numerator of the scale
 * @param rankStabilized whether the scale is alpha / √rank rather than alpha / rank
 * @param dropout of the training run, in [0, 1)
 * @param targetModules last parts of the adapted modules' names
 * @param weightDecomposed whether each module has a magnitude too ({@code use_dora})
 * @param inputFirst whether the adapted weights are stored as [in, out] ({@code fan_in_fan_out}), as those of GPT-2 are
 */
public record LoraConfig(
        String base,
        int rank,
        double alpha,
        boolean rankStabilized,
        double dropout,
        List<String> targetModules,
        boolean weightDecomposed,
        boolean inputFirst) {
    public LoraConfig {
        if (rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1) || targetModules.isEmpty()) {
            throw new IllegalArgumentException("rank " + rank + ", alpha " + alpha + ", dropout " + dropout + ", "
                    + targetModules.size() + " target modules; expected at least 1, above 0, in [0, 1), at least 1");
        }
        targetModules = List.copyOf(targetModules);
    }

    /** What the low-rank product is multiplied by. */
    public double scale() {
        return rankStabilized ? alpha / Math.sqrt(rank) : alpha / rank;
    }
}
