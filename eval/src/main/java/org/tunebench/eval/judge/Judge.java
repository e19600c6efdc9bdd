package org.tunebench.eval.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Judgment;

/**
 * Rates answers and says which of two is better. A failure to judge is a {@link Judgment} or {@link Preference} that says so,
 * not an exception.
 */
public interface Judge extends AutoCloseable {
    /** The name in records, e.g. {@code reference} or the judging model's. */
    String name();

    /** What decides its judgments: its name, and for a model or file the digest of what it is. */
    String identity();

    /** Whether the judge wants reference answers for every question rather than for math, reasoning and coding only. */
    boolean wantsAllReferences();

    /** Whether what failed may succeed another time, so that it is worth asking for again. */
    default boolean mayRecover() {
        return false;
    }

    /** One judgment an exchange, in order. */
    List<Judgment> rate(List<Exchange> exchanges, JudgeRun run);

    /** One preference a comparison, in order. */
    List<Preference> compare(List<Comparison> comparisons, JudgeRun run);

    /** What so many tokens of the judge cost, in the currency of the prices that were given; null where none were. */
    default @Nullable Double cost(long promptTokens, long completionTokens) {
        return null;
    }

    @Override
    default void close() {}
}
