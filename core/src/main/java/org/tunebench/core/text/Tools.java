package org.tunebench.core.text;

import java.util.List;
import java.util.Map;

/**
 * The functions that an assistant may call in a conversation.
 *
 * @param definitions as JSON schemas, {@code {"type": "function", "function": {"name", "description", "parameters"}}}, in
 *     the form and order that the data has; the wrapping may be left out
 */
public record Tools(List<Map<String, Object>> definitions) {
    public static final Tools NONE = new Tools(List.of());

    /** @throws IllegalArgumentException for a definition without a function's name */
    public Tools {
        definitions = List.copyOf(definitions);
        for (Map<String, Object> definition : definitions) {
            Map<?, ?> function = definition.get("function") instanceof Map<?, ?> inner ? inner : definition;
            if (!(function.get("name") instanceof String)) {
                throw new IllegalArgumentException("a tool without a name: " + definition);
            }
        }
    }

    public boolean isEmpty() {
        return definitions.isEmpty();
    }
}
