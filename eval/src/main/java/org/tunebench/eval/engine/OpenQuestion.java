package org.tunebench.eval.engine;

import java.util.List;
import java.util.function.Function;
import org.tunebench.core.text.Message;

/**
 * A question to be answered freely.
 *
 * @param id of the item
 * @param turn from 1, of a conversation about the item
 * @param prompt the text to be continued, for the way in which the model is spoken to
 */
public record OpenQuestion(String id, int turn, Function<Dialogue, String> prompt) {
    /** A text that is continued as it stands, or through a chat template is a user's message. */
    public static OpenQuestion of(String id, String text) {
        return of(id, Prompt.of(text));
    }

    /** A prompt, plain or through the chat template. */
    public static OpenQuestion of(String id, Prompt prompt) {
        return new OpenQuestion(id, 1, dialogue -> dialogue.format().text(prompt, dialogue.model()));
    }

    /** The turns so far, the last one the user's. */
    public static OpenQuestion of(String id, List<Message> messages) {
        return new OpenQuestion(id, (messages.size() + 1) / 2, dialogue -> dialogue.prompt(messages));
    }
}
