package org.tunebench.train.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Predicate;

/**
 * A rule that leaves examples out, under the name that recipes call it by. The record's components are the keys of the
 * recipe; {@link #start()} is what runs.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WordCount.class, name = "words"),
    @JsonSubTypes.Type(value = ResponseCopiesInstruction.class, name = "response_copies_instruction"),
    @JsonSubTypes.Type(value = ExactDuplicates.class, name = "exact_duplicates"),
})
public sealed interface ExampleFilter permits WordCount, ResponseCopiesInstruction, ExactDuplicates {
    /** The reason that dropped examples are counted under. */
    default String reason() {
        for (JsonSubTypes.Type type :
                ExampleFilter.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " is not registered");
    }

    /** A fresh test for one pass over a recipe's examples, in order: true keeps an example. */
    Predicate<Example> start();
}
