package org.tunebench.train.data.filter;

import java.util.Locale;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Exchange;

/**
 * Filter {@code response_copies_instruction}: drops a conversation in which a response begins with the first characters
 * of its instruction, in either case. This is the rule of the paper's {@code quality_filter}, with its 20 characters as
 * default.
 */
public record ResponseCopiesInstruction(Integer characters) implements ExampleFilter {
    public ResponseCopiesInstruction {
        characters = Range.from(1).check("characters", characters == null ? 20 : characters);
    }

    @Override
    public Pass start(ExampleSource before) {
        return example -> Verdict.keepIf(Exchange.of(example).stream().noneMatch(this::copies));
    }

    private boolean copies(Exchange exchange) {
        String instruction = exchange.instruction().toLowerCase(Locale.ROOT);
        String beginning = instruction.substring(0, Math.min(characters, instruction.length()));
        return exchange.response().toLowerCase(Locale.ROOT).startsWith(beginning);
    }
}
