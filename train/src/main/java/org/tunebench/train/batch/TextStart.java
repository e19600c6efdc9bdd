package org.tunebench.train.batch;

import java.util.List;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;

/**
 * How the text of an example begins, without the chat template's: enough to recognise it by.
 *
 * @param prompt what was asked: of its first exchange, or of the one that it was split off for; empty in raw text
 * @param response what was answered, or the raw text
 */
public record TextStart(String prompt, String response) {
    /** Characters of each. */
    public static final int MOST = 240;

    public TextStart {
        prompt = start(prompt);
        response = start(response);
    }

    /** @param last whether the last exchange is the one that counts */
    static TextStart of(List<Message> messages, boolean last) {
        String asked = "";
        TextStart found = new TextStart("", "");
        for (Message message : messages) {
            if (message.role() == Role.USER) {
                asked = message.content();
            } else if (message.role() == Role.ASSISTANT) {
                found = new TextStart(asked, message.content());
                if (!last) {
                    return found;
                }
            }
        }
        return found;
    }

    private static String start(String text) {
        String stripped = text.strip();
        if (stripped.length() <= MOST) {
            return stripped;
        }
        return stripped.substring(0, Character.isHighSurrogate(stripped.charAt(MOST - 1)) ? MOST - 1 : MOST);
    }
}
