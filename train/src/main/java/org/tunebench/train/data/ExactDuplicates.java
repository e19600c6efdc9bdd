package org.tunebench.train.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Filter {@code exact_duplicates}: of examples with the same text, turn by turn, keeps the first in the recipe's order. */
public record ExactDuplicates() implements ExampleFilter {
    @Override
    public Predicate<Example> start() {
        Set<Object> seen = new HashSet<>();
        return example -> seen.add(content(example));
    }

    private static Object content(Example example) {
        return example instanceof Example.Conversation conversation
                ? List.of(conversation.messages(), conversation.tools())
                : ((Example.RawText) example).text();
    }
}
