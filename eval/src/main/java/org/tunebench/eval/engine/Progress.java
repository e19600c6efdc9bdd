package org.tunebench.eval.engine;

/** Hears how far the work is; called on the thread that does it. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (stage, done, total) -> {};

    /**
     * @param stage what is being done, e.g. {@code "mmlu"}
     * @param done requests finished, at most {@code total}; 0 when the work begins
     */
    void report(String stage, int done, int total);

    /**
     * The same, with the tokens that went through the model.
     *
     * @param tokens prompt and generated, up to now; those of answers that a killed run had left are not among them
     */
    default void report(String stage, int done, int total, long tokens) {
        report(stage, done, total);
    }
}
