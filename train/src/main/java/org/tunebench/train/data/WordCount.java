package org.tunebench.train.data;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;

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
    private static final Pattern WORD = Pattern.compile("\\S+", Pattern.UNICODE_CHARACTER_CLASS);

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
    public Predicate<Example> start() {
        return example -> Exchange.of(example).stream()
                .allMatch(e -> within(words(e.instruction()), minInstruction, maxInstruction)
                        && within(words(e.response()), minResponse, maxResponse));
    }

    private static long words(String text) {
        return WORD.matcher(text).results().count();
    }

    private static boolean within(long words, int min, @Nullable Integer max) {
        return words >= min && (max == null || words <= max);
    }
}
