package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;

/**
 * Examples as lines of a data file that every reader of this project takes: conversations as {@code messages} (with
 * {@code tools}), raw text as {@code text}; beside them where the example comes from (id, file, line), its task, category,
 * template and scores.
 */
public final class ExampleLines {
    private ExampleLines() {}

    /** One JSON object, without a line end. */
    public static String of(Example example) {
        Map<String, Object> line = new LinkedHashMap<>();
        if (example instanceof Example.Conversation conversation) {
            line.put("messages", messages(conversation.messages()));
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

    private static List<Map<String, Object>> messages(List<Message> messages) {
        List<Map<String, Object>> written = new ArrayList<>();
        for (Message message : messages) {
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("role", message.role().id());
            turn.put("content", message.content());
            turn.putAll(message.details());
            written.add(turn);
        }
        return written;
    }
}
