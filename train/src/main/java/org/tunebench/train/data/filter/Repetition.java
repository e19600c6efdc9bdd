package org.tunebench.train.data.filter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;
import org.tunebench.core.text.Words;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code repetition}: drops an example whose responses repeat themselves, by the rules that MassiveText was cleaned
 * with (Rae et al. 2021, "Scaling Language Models", arXiv:2112.11446, table A1): the shares of lines and paragraphs that
 * occurred before, of characters in the most frequent 2-, 3- and 4-gram of words, and of characters in 5- to 10-grams that
 * occur more than once. Raw text is looked at too.
 *
 * @param minWords texts with fewer words pass: in a short text any phrase is a large share; default 50
 * @param scale all of the table's bounds times this; default 1, more is milder
 * @param of the part looked at; default response
 */
public record Repetition(Integer minWords, Double scale, ExampleText of) implements ExampleFilter {
    public Repetition {
        minWords = Range.from(1).check("min_words", minWords == null ? 50 : minWords);
        scale = Range.above(0).to(10).check("scale", scale == null ? 1.0 : scale);
        of = of == null ? ExampleText.RESPONSE : of;
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        return this::judge;
    }

    private Verdict judge(Example example) {
        String text = of.of(example);
        if (Words.count(text) < minWords) {
            return Verdict.KEEP;
        }
        for (RepetitionShare share : RepetitionShare.values()) {
            String objection = objection(share, text);
            if (objection != null) {
                return Verdict.drop(objection);
            }
        }
        return Verdict.KEEP;
    }

    private @Nullable String objection(RepetitionShare share, String text) {
        double found = share.of(text);
        double bound = share.bound() * scale;
        return found > bound
                ? String.format(Locale.ROOT, "%.0f %% %s, more than %.0f %%", 100 * found, share.words(), 100 * bound)
                : null;
    }
}
