package org.tunebench.train.data.example;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tools;

/** One thing to train on, with the place it came from. */
public sealed interface Example {
    Origin origin();

    /** The same example with another origin, e.g. one more score. */
    Example with(Origin origin);

    /** {@link Origin#id()}. */
    default String id() {
        return origin().id();
    }

    /**
     * A conversation with at least one assistant turn.
     *
     * @param tools what the assistant may call
     * @param preference what raters said of the answer, where the data has it; fine-tuning does not read it
     */
    record Conversation(
            Origin origin,
            List<Message> messages,
            Tools tools,
            @Nullable Preference preference) implements Example {
        public Conversation {
            messages = List.copyOf(messages);
        }

        public Conversation(Origin origin, List<Message> messages) {
            this(origin, messages, Tools.NONE, null);
        }

        @Override
        public Conversation with(Origin other) {
            return new Conversation(other, messages, tools, preference);
        }
    }

    /** Plain text, trained on as in pre-training: every token is supervised. */
    record RawText(Origin origin, String text) implements Example {
        @Override
        public RawText with(Origin other) {
            return new RawText(other, text);
        }
    }
}
