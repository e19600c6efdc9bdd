package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;
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
        minInstruction = Range.from(0).check("min_instruction", minInstruction == null ? 3 : minInstruction);
        minResponse = Range.from(0).check("min_response", minResponse == null ? 5 : minResponse);
        if (maxInstruction != null) {
            Range.from(minInstruction).check("max_instruction", maxInstruction);
        }
        if (maxResponse != null) {
            Range.from(minResponse).check("max_response", maxResponse);
        }
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
