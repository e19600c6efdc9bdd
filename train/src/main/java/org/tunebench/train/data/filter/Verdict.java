package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;

/**
 * What a filter says of one example.
 *
 * @param objection why the example is dropped, for a person, e.g. {@code response has 3 words, fewer than 5}; null keeps it
 * @param score what the filter measured, where it measures; lineage keeps it under the filter's name
 */
public record Verdict(@Nullable String objection, @Nullable Double score) {
    /** Nothing to object to. */
    public static final Verdict KEEP = new Verdict(null, null);

    public static Verdict drop(String objection) {
        return new Verdict(objection, null);
    }

    /** A measured example. @param objection null keeps it */
    public static Verdict scored(double score, @Nullable String objection) {
        return new Verdict(objection, score);
    }

    public boolean keeps() {
        return objection == null;
    }
}
