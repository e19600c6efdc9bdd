package org.tunebench.eval.suite;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.tunebench.eval.engine.Whitespace;

/** One step that makes answers comparable. */
enum Normalisation {
    /** Without whitespace at either end. */
    TRIM(Whitespace::strip),
    /** Up to the first line feed. */
    FIRST_LINE(text -> text.split("\n", 2)[0]),
    LOWERCASE(text -> text.toLowerCase(Locale.ROOT)),
    /** Without punctuation and symbols. */
    PUNCTUATION(text -> text.replaceAll("[\\p{P}\\p{S}]", "")),
    /** Without the words a, an, the. */
    ARTICLES(text -> text.replaceAll("(?iU)\\b(a|an|the)\\b", "")),
    /** Runs of whitespace as one space. */
    SPACES(text -> text.replaceAll("(?U)\\s+", " "));

    private final UnaryOperator<String> step;

    Normalisation(UnaryOperator<String> step) {
        this.step = step;
    }

    /** A text after all steps, in their order. */
    static String apply(List<Normalisation> steps, String text) {
        String result = text;
        for (Normalisation normalisation : steps) {
            result = normalisation.step.apply(result);
        }
        return result;
    }
}
