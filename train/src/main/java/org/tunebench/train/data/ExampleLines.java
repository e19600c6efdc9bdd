package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.data.example.Preference;

/**
 * Examples as lines of a data file that every reader of this project takes: conversations as {@code messages} (with
 * {@code tools}), those with another answer that raters liked less as {@code prompt}, {@code chosen} and {@code rejected},
 * raw text as {@code text}; beside them where the example comes from (id, file, line), its task, category, template, scores
 * and {@code label}.
 */
public final class ExampleLines {
    private ExampleLines() {}

    /** One JSON object, without a line end. */
    public static String of(Example example) {
        Map<String, Object> line = new LinkedHashMap<>();
        if (example instanceof Example.Conversation conversation) {
            putMessages(conversation, line);
            if (!conversation.tools().isEmpty()) {
                line.put("tools", conversation.tools().definitions());
            }
        } else {
            line.put("text", ((Example.RawText) example).text());
        }
        Origin origin = example.origin();
        line.put("id", origin.id());
        line.put("file", origin.file().toString());
        line.put("line", origin.line());
        if (origin.task() != null) {
            line.put("task", origin.task());
        }
        if (origin.category() != null) {
            line.put("category", origin.category());
        }
        if (origin.template() != null) {
            line.put("template", origin.template());
        }
        if (!origin.scores().isEmpty()) {
            line.put("scores", origin.scores());
        }
        return Json.text(line, false);
    }

    private static void putMessages(Example.Conversation conversation, Map<String, Object> line) {
        List<Message> messages = conversation.messages();
        if (conversation.preference() instanceof Preference.Over over) {
            int same = messages.size() - over.replaced();
            if (same > 0) {
                line.put("prompt", messages(messages.subList(0, same)));
            }
            line.put("chosen", messages(messages.subList(same, messages.size())));
            line.put("rejected", messages(over.messages()));
            return;
        }
        line.put("messages", messages(messages));
        if (conversation.preference() instanceof Preference.Label label) {
            line.put("label", label.desirable());
        }
    }

    private static List<Map<String, Object>> messages(List<Message> messages) {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Message message : messages) {
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("role", message.role().id());
            turn.put("content", message.content());
            turn.putAll(message.details());
            if (!message.learned()) {
                turn.put("weight", 0);
            }
            written.add(turn);
        }
        return written;
    }
}
