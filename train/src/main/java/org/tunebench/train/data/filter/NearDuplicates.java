package org.tunebench.train.data.filter;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code near_duplicates}: of examples whose texts resemble each other keeps the first in the recipe's order. The
 * similarity is the Jaccard index of the sets of character n-grams, in lower case and without punctuation, estimated by
 * {@link MinHash} and found by {@link SimilarTexts}: standard error 0.04 at 0.8. It remembers about 0.8 kB of every example
 * that it keeps. A text without a letter or digit passes.
 *
 * @param threshold from this similarity on; default 0.8
 * @param ngram characters; default 5
 * @param functions hash functions; default 128
 * @param of the part compared; default whole
 */
public record NearDuplicates(Double threshold, Integer ngram, Integer functions, ExampleText of)
        implements ExampleFilter {
    private static final long SEED = 1;

    public NearDuplicates {
        threshold = Range.from(0.3).to(1).check("threshold", threshold == null ? 0.8 : threshold);
        ngram = Range.from(1).to(50).check("ngram", ngram == null ? 5 : ngram);
        functions = Range.from(16).to(1024).check("functions", functions == null ? 128 : functions);
        of = of == null ? ExampleText.WHOLE : of;
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        return new Pass();
    }

    private final class Pass implements FilterPass {
        private final MinHash hash = new MinHash(functions, SEED);
        private final SimilarTexts texts = new SimilarTexts(functions, threshold);
        private final List<String> ids = new ArrayList<>();

        @Override
        public Verdict judge(Example example) {
            String text = of.of(example);
            if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
                return Verdict.KEEP;
            }
            int[] signature = hash.signature(text, ngram);
            int similar = texts.find(signature);
            if (similar >= 0) {
                return Verdict.drop("nearly the same as " + ids.get(similar));
            }
            texts.add(signature);
            ids.add(example.id());
            return Verdict.KEEP;
        }
    }
}
