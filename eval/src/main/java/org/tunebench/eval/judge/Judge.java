package org.tunebench.eval.judge;

import java.util.List;
import org.tunebench.core.record.Judgment;

/** Rates answers. A failure to rate one answer is a {@link Judgment} that says so, not an exception. */
public interface Judge {
    /** The name in records, e.g. {@code reference} or the judging model's. */
    String name();

    /** What decides its judgments: its name, and for a model or file the digest of what it is. */
    String identity();

    /** Whether the judge wants reference answers for every question rather than for math, reasoning and coding only. */
    boolean wantsAllReferences();

    /** One judgment an exchange, in order. */
    List<Judgment> judge(List<Exchange> exchanges);
}
