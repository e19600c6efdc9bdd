package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Words;

/**
 * Filter {@code words}: every instruction and every response of a conversation has a number of words (runs of characters
 * that are not white space) within bounds. The defaults are the length checks of the paper's {@code quality_filter}. Raw
 * text passes.
 */
public record WordCount(
        Integer minInstruction,
        @Nullable Integer maxInstruction,
        Integer minResponse,
        @Nullable Integer maxResponse) implements ExampleFilter {

    public WordCount {
        minInstruction = LengthBounds.least("instruction", minInstruction, 3, maxInstruction);
        minResponse = LengthBounds.least("response", minResponse, 5, maxResponse);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        LengthBounds instruction = new LengthBounds("instruction", "words", minInstruction, maxInstruction);
        LengthBounds response = new LengthBounds("response", "words", minResponse, maxResponse);
        return FilterPass.ofExchanges(exchange -> {
            String objection = instruction.objection(Words.count(exchange.instruction()));
            return objection != null ? objection : response.objection(Words.count(exchange.response()));
        });
    }
}
