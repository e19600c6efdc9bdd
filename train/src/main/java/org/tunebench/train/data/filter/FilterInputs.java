package org.tunebench.train.data.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.Tokenizer;

/**
 * What filters take from outside the data: whoever runs them has it, or does not.
 *
 * @param tokenizer the base model's
 * @param suites the texts of the suites that the models will be scored on; empty where none is known
 * @param rater who is asked for scores
 */
public record FilterInputs(
        @Nullable Tokenizer tokenizer,
        List<SuiteTexts> suites,
        @Nullable Rater rater) {
    /** Nothing but the examples. */
    public static final FilterInputs NONE = new FilterInputs(null, List.of(), null);

    public FilterInputs {
        suites = List.copyOf(suites);
    }

    public FilterInputs withTokenizer(Tokenizer tokenizer) {
        return new FilterInputs(tokenizer, suites, rater);
    }

    public FilterInputs withSuites(List<SuiteTexts> suites) {
        return new FilterInputs(tokenizer, suites, rater);
    }

    public FilterInputs withRater(Rater rater) {
        return new FilterInputs(tokenizer, suites, rater);
    }

    Tokenizer requireTokenizer(ExampleFilter filter) {
        return require(tokenizer, filter, "a tokenizer", "Name the model whose tokens count: --model DIR");
    }

    Rater requireRater(ExampleFilter filter) {
        return require(rater, filter, "a judge", "Name one: --judge openai, or --judge DIR with a model folder");
    }

    private static <T> T require(@Nullable T input, ExampleFilter filter, String what, String mend) {
        if (input == null) {
            throw new InputException("the filter needs " + what, "filter " + filter.reason(), mend);
        }
        return input;
    }
}
