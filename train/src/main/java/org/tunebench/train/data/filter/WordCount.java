package org.tunebench.train.data.filter;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Exchange;

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
    public Pass start(ExampleSource before) {
        return example -> Verdict.keepIf(Exchange.of(example).stream()
                .allMatch(e -> within(words(e.instruction()), minInstruction, maxInstruction)
                        && within(words(e.response()), minResponse, maxResponse)));
    }

    private static long words(String text) {
        long words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean blank = isBlank(text.charAt(i));
            words += !blank && !inside ? 1 : 0;
            inside = !blank;
        }
        return words;
    }

    /** Unicode's White_Space. */
    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == '\u0085' || c > '\u0085' && Character.isSpaceChar(c);
    }

    private static boolean within(long words, int min, @Nullable Integer max) {
        return words >= min && (max == null || words <= max);
    }
}
