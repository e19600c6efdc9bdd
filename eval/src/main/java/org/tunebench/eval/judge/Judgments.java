package org.tunebench.eval.judge;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Judgment;

/** Judgments from a judge's words, or from its failure. */
final class Judgments {
    private Judgments() {}

    /** The rating is read from the words; see {@link Rating#parse}. */
    static Judgment of(
            String judge, String template, String text, @Nullable Long promptTokens, @Nullable Long completionTokens) {
        return new Judgment(judge, template, text, Rating.parse(text), null, promptTokens, completionTokens);
    }

    static Judgment failed(String judge, String template, String failure) {
        return new Judgment(judge, template, null, null, failure, null, null);
    }
}
