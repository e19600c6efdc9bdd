package org.tunebench.train.data.format;

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
import org.tunebench.train.data.file.DataRecord;

/**
 * Lists of {@code {"role", "content"}}. The content is text, or a list of parts of type text ({@code [{"type": "text",
 * "text": …}]}), which are joined; a turn that calls tools may be without. Messages may have what {@link Message#DETAILS}
 * lists, and a {@code weight} (or {@code loss_weight}) of 0 where a turn is not to be learned.
 */
final class MessageList {
    private static final String CALL = "Write {\"role\": \"assistant\", \"tool_calls\": [{\"type\": \"function\","
            + " \"function\": {\"name\": …, \"arguments\": {…}}}]}";
    private static final String WEIGHT = "weight";
    private static final String LOSS_WEIGHT = "loss_weight";
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::id).toList();

    private MessageList() {}

    /** The messages under a field, at least one. */
    static List<Message> of(DataRecord row, String field) {
        return of(row, row.value(field), row.column(field));
    }

    static List<Message> of(DataRecord row, JsonNode list, String shownAs) {
        if (!list.isArray() || list.isEmpty()) {
            String what = list.isArray() ? "an empty list" : DataRecord.kind(list);
            throw row.refused("'" + shownAs + "' is " + what, "Write [{\"role\": \"user\", \"content\": \"…\"}, …]");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : list) {
            messages.add(one(row, message, shownAs + "[" + messages.size() + "]"));
        }
        return messages;
    }

    static Message one(DataRecord row, JsonNode message, String at) {
        if (!message.isObject()) {
            throw row.refused(at + " is " + DataRecord.kind(message), "Write {\"role\": …, \"content\": …}");
        }
        String role = row.textOf(message.path(row.column("role")), at + "." + row.column("role"));
        KnownNames.require("role", role, ROLES, row.where() + ", " + at);
        Map<String, Object> details = details(message);
        String contentKey = row.column("content");
        boolean calls = details.containsKey(Message.TOOL_CALLS);
        String content = calls && !message.hasNonNull(contentKey)
                ? ""
                : content(row, message.path(contentKey), at + "." + contentKey);
        if (content.isBlank() && !calls && !role.equals(Role.SYSTEM.id()) && !role.equals(Role.TOOL.id())) {
            throw row.refused("'" + at + "." + contentKey + "' is empty", "Write the text, or remove the record");
        }
        try {
            return new Message(Role.values()[ROLES.indexOf(role)], content, details, learned(row, message, at));
        } catch (IllegalArgumentException e) {
            throw row.refused(at + ": " + e.getMessage(), CALL);
        }
    }

    /** Whether a turn is to be learned: a weight of 1 or true, 0 or false, or none. */
    static boolean learned(DataRecord row, JsonNode turn, String at) {
        String field = turn.has(row.column(WEIGHT)) ? row.column(WEIGHT) : LOSS_WEIGHT;
        JsonNode weight = turn.path(field);
        if (weight.isMissingNode() || weight.isNull()) {
            return true;
        }
        boolean known = weight.isBoolean() || weight.isNumber() && (weight.asDouble() == 0 || weight.asDouble() == 1);
        if (!known) {
            throw row.refused(
                    "'" + at + "." + field + "' is " + (weight.isNumber() ? weight.asText() : DataRecord.kind(weight))
                            + ", expected 0 or 1",
                    "A turn is learned or left out: write 1 or 0");
        }
        return weight.isBoolean() ? weight.booleanValue() : weight.asDouble() == 1;
    }

    /** Refuses a conversation that nothing can be learned from. */
    static List<Message> answered(DataRecord row, List<Message> messages) {
        if (messages.stream().noneMatch(m -> m.role() == Role.ASSISTANT)) {
            throw row.refused("a conversation without an assistant turn", "Add the answer, or remove the record");
        }
        return messages;
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
