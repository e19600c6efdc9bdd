package org.tunebench.train.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tools;

/** One thing to train on, with the place it came from. */
public sealed interface Example {
    /** {@code file name:line}, with {@code #2} after the name where the same name occurs a second time in a recipe. */
    String id();

    Origin origin();

    /** A conversation with at least one assistant turn. */
    record Conversation(String id, Origin origin, List<Message> messages, Tools tools) implements Example {
        public Conversation {
            messages = List.copyOf(messages);
        }

        public Conversation(String id, Origin origin, List<Message> messages) {
            this(id, origin, messages, Tools.NONE);
        }
    }

    /** Plain text, trained on as in pre-training: every token is supervised. */
    record RawText(String id, Origin origin, String text) implements Example {}

    /**
     * Where an example comes from.
     *
     * @param source index of the {@link DataSource} in the recipe
     * @param line line of the file at which the record begins, counted from 1
     * @param task the record's task or category, where it names one
     * @param template index of the instruction template that was chosen, −1 where the source has none
     */
    record Origin(int source, Path file, int line, @Nullable String task, int template) {
        /** File and line, for messages. */
        public String where() {
            return file + " line " + line;
        }
    }
}
