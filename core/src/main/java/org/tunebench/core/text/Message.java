package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One turn: who spoke and what was said, exactly as given.
 *
 * @param content empty for a turn that only calls tools
 * @param details what templates read besides, under the keys of {@link #DETAILS} and with JSON values (texts, numbers,
 *     booleans, lists, maps), in the form and order that the data has
 * @param learned whether training may count it; false where the data gives it the weight 0. Templates do not see it
 */
public record Message(Role role, String content, Map<String, Object> details, boolean learned) {
    /** Calls as {@code [{"type": "function", "function": {"name", "arguments"}}]}; the wrapping may be left out. */
    public static final String TOOL_CALLS = "tool_calls";

    /** The keys that details may have; all but the calls are texts. */
    public static final List<String> DETAILS =
            List.of("name", TOOL_CALLS, "tool_call_id", "reasoning_content", "thinking", "reasoning");

    /** @throws IllegalArgumentException for a detail of an unknown key or of the wrong form */
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        details.forEach(Message::requireForm);
    }

    public Message(Role role, String content, Map<String, Object> details) {
        this(role, content, details, true);
    }

    public Message(Role role, String content) {
        this(role, content, Map.of());
    }

    public static Message system(String content) {
        return new Message(Role.SYSTEM, content);
    }

    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }

    /** The same turn, which training leaves out. */
    public Message unlearned() {
        return new Message(role, content, details, false);
    }

    /** The names of the functions that the turn calls, in order. */
    public List<String> calledFunctions() {
        List<String> names = new ArrayList<>();
        if (details.get(TOOL_CALLS) instanceof List<?> calls) {
            calls.forEach(call -> names.add(String.valueOf(function(call).get("name"))));
        }
        return names;
    }

    private static void requireForm(String key, Object value) {
        if (!DETAILS.contains(key)) {
            throw new IllegalArgumentException("unknown '" + key + "'");
        }
        if (!key.equals(TOOL_CALLS)) {
            if (!(value instanceof String)) {
                throw new IllegalArgumentException("'" + key + "' is not a text");
            }
            return;
        }
        if (!(value instanceof List<?> calls)) {
            throw new IllegalArgumentException("'" + TOOL_CALLS + "' is not a list");
        }
        for (Object call : calls) {
            Map<?, ?> function = function(call);
            boolean named = function.get("name") instanceof String name && !name.isBlank();
            Object arguments = function.get("arguments");
            if (!named || !(arguments == null || arguments instanceof Map || arguments instanceof String)) {
                throw new IllegalArgumentException("'" + TOOL_CALLS + "' has a call without a function's name, or whose"
                        + " arguments are neither an object nor a text");
            }
        }
    }

    private static Map<?, ?> function(Object call) {
        Map<?, ?> fields = call instanceof Map<?, ?> map ? map : Map.of();
        return fields.get("function") instanceof Map<?, ?> inner ? inner : fields;
    }
}
