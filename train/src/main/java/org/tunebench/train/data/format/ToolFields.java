package org.tunebench.train.data.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.Tools;
import org.tunebench.train.data.file.DataRecord;

/** Definitions and calls of tools, which data files write as JSON or as JSON inside a text. */
final class ToolFields {
    private static final String DEFINITION =
            "Write [{\"type\": \"function\", \"function\": {\"name\": …, \"parameters\": {…}}}]";
    private static final TypeReference<List<Map<String, Object>>> DEFINITIONS = new TypeReference<>() {};

    private ToolFields() {}

    /** The field {@code tools}: a list of definitions, or such a list as JSON text. */
    static Tools tools(DataRecord row) {
        JsonNode tools = row.value("tools");
        if (tools.isMissingNode()
                || tools.isNull()
                || tools.isTextual() && tools.textValue().isBlank()) {
            return Tools.NONE;
        }
        try {
            JsonNode list = tools.isTextual() ? Json.MAPPER.readTree(tools.textValue()) : tools;
            List<@Nullable Map<String, Object>> definitions = Json.MAPPER.convertValue(list, DEFINITIONS);
            if (definitions != null && definitions.stream().allMatch(d -> d != null)) {
                return new Tools(definitions);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // refused below
        }
        throw row.refused("'" + row.column("tools") + "' is not a list of tool definitions", DEFINITION);
    }

    /** A text with one call or a list of them, each {@code {"name", "arguments"}}, as the value of tool_calls. */
    static List<Object> calls(DataRecord row, String text, String at) {
        try {
            Object calls = Json.MAPPER.readValue(text, Object.class);
            if (calls instanceof List<?> list) {
                return List.copyOf(list);
            }
            if (calls instanceof Map<?, ?> call) {
                return List.of(call);
            }
        } catch (JsonProcessingException | NullPointerException e) {
            // refused below
        }
        throw row.refused(at + " is no call", "Write {\"name\": …, \"arguments\": {…}}");
    }
}
