package org.tunebench.benchmarks.instructions;

import org.tunebench.train.category.Category;

/**
 * An instruction with its response.
 *
 * @param kind what sort of task it is
 * @param input the text that the instruction speaks of; empty for most
 */
public record Example(Category kind, String instruction, String input, String output) {

    /** Instruction and input as one text. */
    public String prompt() {
        return input.isEmpty() ? instruction : instruction + "\n\n" + input;
    }
}
