package org.tunebench.train.recipe;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;

/**
 * How often an epoch takes what. Entries with a share stand beside the rule.
 *
 * @param rate what decides how often an example comes
 * @param cap with rate size: a task counts at most as much as so many examples (FLAN: 3,000)
 * @param taskLimit at most so many examples of a group are used at all, drawn by seed; with rate size 30,000 as in FLAN,
 *     else all
 * @param weights with rate category: category → weight; 1 for those that are not named
 * @param epoch examples of an epoch; as many as there are where left out
 * @param shareOf what the shares of entries are parts of
 */
public record MixtureSettings(
        Rate rate,
        @Nullable Integer cap,
        @Nullable Integer taskLimit,
        Map<String, Double> weights,
        @Nullable Integer epoch,
        ShareOf shareOf) {

    /** Every value at its default. */
    public static final MixtureSettings DEFAULT =
            new MixtureSettings(Rate.EXAMPLES, null, null, Map.of(), null, ShareOf.TOKENS);

    /** What decides how often an example comes. */
    public enum Rate {
        /** Each example as often as its entry's weight says, so that large entries come more often. */
        EXAMPLES,
        /** Each entry in proportion to its weight, whatever its size. */
        WEIGHT,
        /** Each task in proportion to its size, up to a cap. */
        SIZE,
        /** Each category in proportion to its weight. */
        CATEGORY
    }

    /** What the share of an entry is a part of. */
    public enum ShareOf {
        TOKENS,
        EXAMPLES,
        SUPERVISED_TOKENS
    }

    public MixtureSettings {
        rate = rate == null ? Rate.EXAMPLES : rate;
        shareOf = shareOf == null ? ShareOf.TOKENS : shareOf;
        weights = weights == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(weights));
        if (cap != null && rate != Rate.SIZE) {
            throw new IllegalArgumentException("cap needs rate: size");
        }
        if (!weights.isEmpty() && rate != Rate.CATEGORY) {
            throw new IllegalArgumentException("weights needs rate: category");
        }
        if ((taskLimit != null || epoch != null) && rate == Rate.EXAMPLES) {
            throw new IllegalArgumentException(
                    (taskLimit != null ? "task_limit" : "epoch") + " needs a rate: weight, size or category");
        }
        if (rate == Rate.SIZE) {
            cap = Range.from(1).check("cap", cap == null ? 3000 : cap);
            taskLimit = taskLimit == null ? 30_000 : taskLimit;
        }
        if (taskLimit != null) {
            Range.from(1).check("task_limit", taskLimit);
        }
        if (epoch != null) {
            Range.from(1).to(100_000_000).check("epoch", epoch);
        }
        weights.values().forEach(weight -> Range.above(0).to(1_000_000).check("weights", weight));
    }
}
