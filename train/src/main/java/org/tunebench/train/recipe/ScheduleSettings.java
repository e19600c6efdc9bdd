package org.tunebench.train.recipe;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;

/**
 * How the learning rate runs over the optimizer steps: up linearly during warm-up, then down.
 *
 * @param warmupSteps optimizer steps of warm-up; null where {@code warmupRatio} says it
 * @param warmupRatio warm-up as a part of all optimizer steps; default 0.03, null where {@code warmupSteps} is given
 * @param minRatio the lowest rate, as a part of the highest, that cosine and linear end at
 */
public record ScheduleSettings(
        Type type, @Nullable Integer warmupSteps, @Nullable Double warmupRatio, Double minRatio) {

    /** The shapes there are. */
    public enum Type {
        COSINE,
        LINEAR,
        CONSTANT
    }

    /** Every value at its default. */
    public static final ScheduleSettings DEFAULT = new ScheduleSettings(Type.COSINE, null, 0.03, 0.0);

    public ScheduleSettings {
        type = type == null ? Type.COSINE : type;
        if (warmupSteps != null && warmupRatio != null) {
            throw new IllegalArgumentException("warmup_steps and warmup_ratio exclude each other");
        }
        if (warmupSteps != null) {
            Range.from(0).to(100_000_000).check("warmup_steps", warmupSteps);
        } else {
            warmupRatio = Range.from(0).to(1).check("warmup_ratio", warmupRatio == null ? 0.03 : warmupRatio);
        }
        minRatio = Range.from(0).to(1).check("min_ratio", minRatio == null ? 0.0 : minRatio);
    }

    /** Optimizer steps of warm-up in a run of so many steps: a ratio is rounded up. */
    public int warmupStepsOf(int totalSteps) {
        if (warmupSteps != null) {
            return Math.min(warmupSteps, totalSteps);
        }
        return (int) Math.ceil((warmupRatio == null ? 0 : warmupRatio) * totalSteps);
    }
}
