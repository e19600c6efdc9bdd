package org.tunebench.train.data.filter;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Exchange;

/**
 * Filter {@code response_copies_instruction}: drops a conversation in which a response begins with the first characters
 * of its instruction, in either case. This is the rule of the paper's {@code quality_filter}, with its 20 characters as
 * default. An empty instruction is copied by nothing.
 */
public record ResponseCopiesInstruction(Integer characters) implements ExampleFilter {
    public ResponseCopiesInstruction {
        characters = Range.from(1).check("characters", characters == null ? 20 : characters);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        return FilterPass.ofExchanges(this::objection);
    }

    private @Nullable String objection(Exchange exchange) {
        String instruction = exchange.instruction().toLowerCase(Locale.ROOT);
        String beginning = instruction.substring(0, Math.min(characters, instruction.length()));
        return !beginning.isEmpty()
                        && exchange.response().toLowerCase(Locale.ROOT).startsWith(beginning)
                ? "response begins as its instruction does: " + beginning
                : null;
    }
}
