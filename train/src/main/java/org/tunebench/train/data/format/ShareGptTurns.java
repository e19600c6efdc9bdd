package org.tunebench.train.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.train.data.file.DataRecord;

/**
 * Lists of {@code {"from", "value"}}: {@code human} and {@code user} ask; {@code gpt}, {@code chatgpt}, {@code bing},
 * {@code bard}, {@code model} and {@code assistant} answer; a {@code function_call} is an answer that calls tools,
 * {@code observation} what they gave back. A turn with a {@code weight} of 0 is not learned.
 */
final class ShareGptTurns {
    private static final String FUNCTION_CALL = "function_call";
    private static final Map<String, Role> ROLES = Map.ofEntries(
            Map.entry("system", Role.SYSTEM),
            Map.entry("human", Role.USER),
            Map.entry("user", Role.USER),
            Map.entry("gpt", Role.ASSISTANT),
            Map.entry("chatgpt", Role.ASSISTANT),
            Map.entry("bing", Role.ASSISTANT),
            Map.entry("bard", Role.ASSISTANT),
            Map.entry("model", Role.ASSISTANT),
            Map.entry("assistant", Role.ASSISTANT),
            Map.entry(FUNCTION_CALL, Role.ASSISTANT),
            Map.entry("observation", Role.TOOL),
            Map.entry("function_response", Role.TOOL),
            Map.entry("tool", Role.TOOL));

    private ShareGptTurns() {}

    static List<Message> of(DataRecord row, JsonNode list, String shownAs) {
        if (!list.isArray() || list.isEmpty()) {
            String what = list.isArray() ? "an empty list" : DataRecord.kind(list);
            throw row.refused("'" + shownAs + "' is " + what, "Write [{\"from\": \"human\", \"value\": \"…\"}, …]");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode turn : list) {
            messages.add(one(row, turn, shownAs + "[" + messages.size() + "]"));
        }
        return messages;
    }

    static Message one(DataRecord row, JsonNode turn, String at) {
        if (!turn.isObject()) {
            throw row.refused(at + " is " + DataRecord.kind(turn), "Write {\"from\": …, \"value\": …}");
        }
        String from = row.textOf(turn.path(row.column("from")), at + "." + row.column("from"));
        Role role = ROLES.get(from);
        if (role == null) {
            throw KnownNames.unknown("speaker", from, new TreeSet<>(ROLES.keySet()), row.where() + ", " + at);
        }
        String valueAt = at + "." + row.column("value");
        JsonNode value = turn.path(row.column("value"));
        if (from.equals(FUNCTION_CALL)) {
            List<Object> calls = ToolFields.calls(row, row.filled(value, valueAt), valueAt);
            try {
                return new Message(role, "", Map.of(Message.TOOL_CALLS, calls), MessageList.learned(row, turn, at));
            } catch (IllegalArgumentException e) {
                throw row.refused(at + ": " + e.getMessage(), "Write {\"name\": …, \"arguments\": {…}}");
            }
        }
        boolean mayBeEmpty = role == Role.SYSTEM || role == Role.TOOL;
        String text = mayBeEmpty ? row.textOf(value, valueAt) : row.filled(value, valueAt);
        return new Message(role, text, Map.of(), MessageList.learned(row, turn, at));
    }
}
