package org.tunebench.train.data.example;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;

/** What was asked and what was answered: an assistant turn with the user turn before it (empty where there is none). */
public record Exchange(String instruction, String response) {

    /** The exchanges of a conversation, in order; none of raw text. */
    public static List<Exchange> of(Example example) {
        List<Exchange> exchanges = new ArrayList<>();
        if (example instanceof Example.Conversation conversation) {
            String instruction = "";
            for (Message message : conversation.messages()) {
                if (message.role() == Role.USER) {
                    instruction = message.content();
                } else if (message.role() == Role.ASSISTANT) {
                    exchanges.add(new Exchange(instruction, message.content()));
                }
            }
        }
        return exchanges;
    }
}
