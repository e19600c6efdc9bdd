package org.tunebench.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;

/**
 * A talk with a model in turns: a line in, an answer out. The model sees all turns so far; an empty line or the end of input
 * ends it. A line for which the context has no room is reported and left out.
 */
final class Conversation {
    private final LanguageModel model;
    private final GenerationOptions options;
    private final List<Message> turns;
    private final TextOutput output;
    private final PrintStream notes;

    /**
     * @param system messages before the first turn: none, or a system message
     * @param notes where the sign to speak and complaints go
     */
    Conversation(
            LanguageModel model,
            GenerationOptions options,
            List<Message> system,
            TextOutput output,
            PrintStream notes) {
        this.model = model;
        this.options = options;
        this.turns = new ArrayList<>(system);
        this.output = output;
        this.notes = notes;
    }

    void run(BufferedReader lines) {
        for (String line = next(lines); !line.isBlank(); line = next(lines)) {
            turns.add(Message.user(line));
            int[] prompt = new Engine(model, Progress.NONE).promptTokens(new Dialogue(model, true).prompt(turns));
            if (prompt.length < model.contextLength()) {
                turns.add(Message.assistant(output.write(model, prompt, options).text()));
            } else {
                turns.remove(turns.size() - 1);
                notes.printf(
                        "tunebench: with this line the conversation is %d tokens, and the context of %s ends at %d%n"
                                + "  to mend: say less, or end here (an empty line) and begin anew%n",
                        prompt.length, model.name(), model.contextLength());
            }
        }
    }

    /** The next line, empty at the end of input. */
    private String next(BufferedReader lines) {
        if (output.live()) {
            notes.print("> ");
            notes.flush();
        }
        try {
            String line = lines.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
