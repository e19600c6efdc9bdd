package org.tunebench.train.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tools;

/**
 * Chat messages: {@code {"messages": [{"role", "content"}, …]}}. The content is text, or a list of parts of type text
 * ({@code [{"type": "text", "text": …}]}), which are joined; a turn that calls tools may be without. Messages may have what
 * {@link Message#DETAILS} lists, the record {@code tools}: a list of definitions, or such a list as JSON text.
 */
final class MessagesFormat implements RecordFormat {
    private static final String CALL = "Write {\"role\": \"assistant\", \"tool_calls\": [{\"type\": \"function\","
            + " \"function\": {\"name\": …, \"arguments\": {…}}}]}";
    private static final String TOOL =
            "Write [{\"type\": \"function\", \"function\": {\"name\": …, \"parameters\": {…}}}]";
    private static final TypeReference<List<Map<String, Object>>> DEFINITIONS = new TypeReference<>() {};
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::id).toList();

    @Override
    public List<String> required() {
        return List.of("messages");
    }

    @Override
    public List<String> optional() {
        return List.of("system", "task", "category", "tools");
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
        return reading.conversation(row, messages, tools(row), -1);
    }

    private static Message message(DataRecord row, JsonNode message, String at) {
        if (!message.isObject()) {
            throw row.refused(at + " is " + DataRecord.kind(message), "Write {\"role\": …, \"content\": …}");
        }
        String role = row.textOf(message.path("role"), at + ".role");
        KnownNames.require("role", role, ROLES, row.where() + ", " + at);
        Map<String, Object> details = details(message);
        String content = details.containsKey(Message.TOOL_CALLS) && !message.hasNonNull("content")
                ? ""
                : content(row, message.path("content"), at + ".content");
        try {
            return new Message(Role.values()[ROLES.indexOf(role)], content, details);
        } catch (IllegalArgumentException e) {
            throw row.refused(at + ": " + e.getMessage(), CALL);
        }
    }

    /** What templates read of a message besides; null says nothing. */
    private static Map<String, Object> details(JsonNode message) {
        Map<String, Object> details = new LinkedHashMap<>();
        message.properties().forEach(field -> {
            if (Message.DETAILS.contains(field.getKey()) && !field.getValue().isNull()) {
                details.put(field.getKey(), Json.MAPPER.convertValue(field.getValue(), Object.class));
            }
        });
        return details;
    }

    private static Tools tools(DataRecord row) {
        JsonNode tools = row.value("tools");
        if (tools.isMissingNode()
                || tools.isNull()
                || tools.isTextual() && tools.textValue().isBlank()) {
            return Tools.NONE;
        }
        try {
            JsonNode list = tools.isTextual() ? Json.MAPPER.readTree(tools.textValue()) : tools;
            return new Tools(Json.MAPPER.convertValue(list, DEFINITIONS));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw row.refused("'tools' is not a list of tool definitions", TOOL);
        }
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
