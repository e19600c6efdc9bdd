package org.tunebench.train.data.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.Range;
import org.tunebench.core.text.Words;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code suite_overlap}: drops an example that shares a run of words with a suite that the models will be scored on,
 * in lower case and without punctuation. Thirteen words are the rule of GPT-3 (Brown et al. 2020, arXiv:2005.14165, appendix
 * C) and of lm-evaluation-harness's decontamination. A suite's text of fewer words is sought as a whole, down to
 * {@code min_words}; GPT-3 goes down to 8 too.
 *
 * @param ngram words of a run; default 13
 * @param minWords suite texts of fewer words are not sought; default 8
 * @param of the part looked at; default whole
 */
public record SuiteOverlap(Integer ngram, Integer minWords, ExampleText of) implements ExampleFilter {
    public SuiteOverlap {
        ngram = Range.from(2).to(1000).check("ngram", ngram == null ? 13 : ngram);
        minWords = Range.from(1).to(ngram).check("min_words", minWords == null ? Math.min(8, ngram) : minWords);
        of = of == null ? ExampleText.WHOLE : of;
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        if (inputs.suites().isEmpty()) {
            throw new InputException(
                    "the filter needs the texts of the suites",
                    "filter " + reason(),
                    "Run the recipe in an experiment with suites, or name them: --suites a,b");
        }
        SuiteRuns runs = new SuiteRuns(inputs.suites(), ngram, minWords);
        return example -> judge(example, runs);
    }

    private Verdict judge(Example example, SuiteRuns runs) {
        List<String> words = Words.normalised(of.of(example));
        @Nullable String found = runs.find(words);
        return found == null ? Verdict.KEEP : Verdict.drop(found);
    }
}
