package org.tunebench.eval.engine;

/** Hears how far the work is; called on the thread that does it. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (stage, done, total) -> {};

    /**
     * @param stage what is being done, e.g. {@code "mmlu"}
     * @param done requests finished, at most {@code total}
     */
    void report(String stage, int done, int total);
}
