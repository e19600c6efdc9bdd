package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code score}: keeps examples whose score lies within bounds. Scores come from the data, from the columns that the
 * data entry names as scores, or from a filter before.
 *
 * @param of the score's name
 * @param min at least so much; null for no bound
 * @param max at most so much; null for no bound
 * @param missing what becomes of an example without this score; default drop
 */
public record ScoreColumn(
        String of, @Nullable Double min, @Nullable Double max, Missing missing) implements ExampleFilter {
    /** What becomes of an example without the score. */
    public enum Missing {
        DROP,
        KEEP
    }

    public ScoreColumn {
        if (of == null || of.isBlank()) {
            throw new IllegalArgumentException("of is missing: the score's name");
        }
        if (min == null && max == null) {
            throw new IllegalArgumentException("a score filter needs min or max");
        }
        if (min != null && max != null && min > max) {
            throw new IllegalArgumentException("min is " + min + ", above max " + max);
        }
        missing = missing == null ? Missing.DROP : missing;
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        return this::judge;
    }

    private Verdict judge(Example example) {
        Double score = example.origin().scores().get(of);
        if (score == null) {
            return missing == Missing.KEEP ? Verdict.KEEP : Verdict.drop("has no score '" + of + "'");
        }
        if (min != null && !(score >= min)) {
            return Verdict.drop(of + " is " + score + ", below " + min);
        }
        return max != null && !(score <= max) ? Verdict.drop(of + " is " + score + ", above " + max) : Verdict.KEEP;
    }
}
