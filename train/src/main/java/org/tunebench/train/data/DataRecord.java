package org.tunebench.train.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;

/**
 * One record of a data file.
 *
 * @param columns name of the format's field → name in the file, where they differ
 * @param line the line at which the record begins, counted from 1
 */
record DataRecord(ObjectNode values, Map<String, String> columns, Path file, int line) {

    boolean has(String field) {
        return values.has(column(field));
    }

    /** The value of a field; a missing node where there is none. */
    JsonNode value(String field) {
        return values.path(column(field));
    }

    /** The text of a field that must be there. */
    String text(String field) {
        if (!has(field)) {
            throw refused(
                    "no field '" + column(field) + "'",
                    "The record has " + String.join(", ", fieldNames())
                            + "; map other names with columns: in the recipe's data entry");
        }
        return textOf(value(field), column(field));
    }

    /** The text of a field, or null where it is left out or null. */
    @Nullable
    String optionalText(String field) {
        JsonNode value = value(field);
        return value.isMissingNode() || value.isNull() ? null : textOf(value, column(field));
    }

    /** The text of a field that an instruction template names: text as it is, numbers and booleans as JSON writes them. */
    String templateField(String field) {
        JsonNode value = value(field);
        if (value.isMissingNode()) {
            throw KnownNames.unknown("template field", field, fieldNames(), where());
        }
        if (value.isContainerNode()) {
            throw refused("template field '" + field + "' is " + kind(value), "Templates take text and numbers");
        }
        return value.isNull() ? "" : value.asText();
    }

    List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        values.fieldNames().forEachRemaining(names::add);
        return names;
    }

    InputException refused(String what, String mend) {
        return new InputException(what, where(), mend);
    }

    String where() {
        return file + " line " + line;
    }

    String textOf(JsonNode value, String shownAs) {
        if (value.isTextual()) {
            return value.textValue();
        }
        throw refused("'" + shownAs + "' is " + kind(value) + ", expected text", "Write the value in quotes");
    }

    static String kind(JsonNode value) {
        JsonNodeType type = value.getNodeType();
        return switch (type) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL -> "null";
            case MISSING -> "missing";
            default -> "a " + type.name().toLowerCase(Locale.ROOT);
        };
    }

    private String column(String field) {
        return columns.getOrDefault(field, field);
    }
}
