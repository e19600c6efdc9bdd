package org.tunebench.train.data.filter;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Example;

/**
 * A rule that leaves examples out, under the name that recipes call it by. The record's components are the keys of the
 * recipe; {@link #start} is what runs. A filter sees one example at a time, in the recipe's order.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WordCount.class, name = "words"),
    @JsonSubTypes.Type(value = ResponseCopiesInstruction.class, name = "response_copies_instruction"),
    @JsonSubTypes.Type(value = ExactDuplicates.class, name = "exact_duplicates"),
})
public interface ExampleFilter {
    /** Its name in recipes, which is the reason that dropped examples are counted under. */
    default String reason() {
        for (JsonSubTypes.Type type :
                ExampleFilter.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " is not registered");
    }

    /**
     * Begins one pass over a recipe's examples.
     *
     * @param before what the filters before this one keep: a filter that must know all of it (to sort it, say) goes through
     *     it here, which reads the files once more; others leave it alone
     */
    Pass start(ExampleSource before);

    /** One pass, in the recipe's order. */
    @FunctionalInterface
    interface Pass {
        Verdict of(Example example);
    }

    /**
     * What a filter says of an example.
     *
     * @param score null where the filter gives none; else the example remembers it under the filter's name
     */
    record Verdict(boolean keeps, @Nullable Double score) {
        public static final Verdict KEEP = new Verdict(true, null);
        public static final Verdict DROP = new Verdict(false, null);

        public static Verdict keepIf(boolean keeps) {
            return keeps ? KEEP : DROP;
        }
    }
}
