package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The content of train/composition.json: what the steps of a run were made of. A kind of part of which no example has one is
 * left out; otherwise the parts of a kind add up to all that was seen.
 *
 * @param schema {@link #SCHEMA}
 * @param parts by kind, then by name
 */
public record DataComposition(int schema, List<Part> parts) {
    /** The schema this code writes and reads. */
    public static final int SCHEMA = 1;

    public DataComposition {
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** What is told apart. */
    public enum Kind {
        /** Entries of the recipe's data. */
        @JsonProperty("source")
        SOURCE,
        @JsonProperty("category")
        CATEGORY,
        @JsonProperty("task")
        TASK,
        /** Instruction templates. */
        @JsonProperty("template")
        TEMPLATE
    }

    /**
     * One part.
     *
     * @param name empty for the examples that have none
     * @param examples different ones that were seen
     * @param draws how often one of them was
     * @param tokens seen
     * @param supervisedTokens targets among them
     */
    public record Part(Kind kind, String name, long examples, long draws, long tokens, long supervisedTokens) {}
}
