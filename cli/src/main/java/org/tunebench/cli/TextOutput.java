package org.tunebench.cli;

import java.io.PrintStream;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;

/**
 * Where generated text goes.
 *
 * @param live whether it is written as it comes; what is written in the end is the same
 */
record TextOutput(PrintStream out, boolean live) {

    /** Generates, writes the text and a line end. */
    Generation write(LanguageModel model, int[] prompt, GenerationOptions options) {
        Generation generation = model.generate(prompt, options, live ? this::print : piece -> {});
        out.println(live ? "" : generation.text());
        out.flush();
        return generation;
    }

    private void print(String piece) {
        out.print(piece);
        out.flush();
    }
}
