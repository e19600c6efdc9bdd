package org.tunebench.train.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;

/**
 * Chat messages: {@code {"messages": [{"role", "content"}, …]}}. The content is text, or a list of parts of type text
 * ({@code [{"type": "text", "text": …}]}), which are joined.
 */
final class MessagesFormat implements RecordFormat {
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::id).toList();

    @Override
    public List<String> required() {
        return List.of("messages");
    }

    @Override
    public List<String> optional() {
        return List.of("system", "task", "category");
    }

    @Override
    public boolean takesTemplates() {
        return false;
    }

    @Override
    public Example read(DataRecord row, Reading reading) {
        JsonNode list = row.value("messages");
        if (!list.isArray() || list.isEmpty()) {
            String what = list.isArray() ? "an empty list" : DataRecord.kind(list);
            throw row.refused("'messages' is " + what, "Write [{\"role\": \"user\", \"content\": \"…\"}, …]");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : list) {
            messages.add(message(row, message, "messages[" + messages.size() + "]"));
        }
        if (messages.stream().noneMatch(m -> m.role() == Role.ASSISTANT)) {
            throw row.refused("a conversation without an assistant turn", "Add the answer, or remove the record");
        }
        return reading.conversation(row, messages, -1);
    }

    private static Message message(DataRecord row, JsonNode message, String at) {
        if (!message.isObject()) {
            throw row.refused(at + " is " + DataRecord.kind(message), "Write {\"role\": …, \"content\": …}");
        }
        String role = row.textOf(message.path("role"), at + ".role");
        KnownNames.require("role", role, ROLES, row.where() + ", " + at);
        return new Message(Role.values()[ROLES.indexOf(role)], content(row, message.path("content"), at + ".content"));
    }

    private static String content(DataRecord row, JsonNode content, String at) {
        if (!content.isArray()) {
            return row.textOf(content, at);
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text")) {
                throw row.refused(at + " has a part that is not of type text", "Only text can be trained on");
            }
            text.append(row.textOf(part.has("text") ? part.path("text") : part.path("value"), at));
        }
        return text.toString();
    }
}
