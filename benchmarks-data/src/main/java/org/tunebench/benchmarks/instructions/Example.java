package org.tunebench.benchmarks.instructions;

import java.util.Locale;

/**
 * An instruction with its response.
 *
 * @param input the text that the instruction speaks of; empty for most
 */
public record Example(Kind kind, String instruction, String input, String output) {

    /** Instruction and input as one text. */
    public String prompt() {
        return input.isEmpty() ? instruction : instruction + "\n\n" + input;
    }

    /** What sort of task it is; the eight of the concept paper. */
    public enum Kind {
        QUESTION_ANSWERING,
        EXPLANATION,
        GENERATION,
        REWRITING,
        CODING,
        REASONING,
        CLASSIFICATION,
        EXTRACTION;

        /** The name in files. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
