package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Tokenizer;

/**
 * Filter {@code tokens}: every instruction and every response of a conversation has a number of tokens within bounds, by the
 * base model's tokenizer and without the chat template's own tokens. Raw text passes.
 */
public record TokenCount(
        Integer minInstruction,
        @Nullable Integer maxInstruction,
        Integer minResponse,
        @Nullable Integer maxResponse) implements ExampleFilter {

    public TokenCount {
        minInstruction = LengthBounds.least("instruction", minInstruction, 1, maxInstruction);
        minResponse = LengthBounds.least("response", minResponse, 1, maxResponse);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        Tokenizer tokenizer = inputs.requireTokenizer(this);
        LengthBounds instruction = new LengthBounds("instruction", "tokens", minInstruction, maxInstruction);
        LengthBounds response = new LengthBounds("response", "tokens", minResponse, maxResponse);
        return FilterPass.ofExchanges(exchange -> {
            String objection = instruction.objection(tokenizer.encode(exchange.instruction()).length);
            return objection != null ? objection : response.objection(tokenizer.encode(exchange.response()).length);
        });
    }
}
