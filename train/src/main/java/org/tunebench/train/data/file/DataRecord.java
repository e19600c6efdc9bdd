package org.tunebench.train.data.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/**
 * One record of a data file.
 *
 * @param columns name of the format's field → name in the file, where they differ
 * @param line the line at which the record begins, counted from 1; in Parquet its row
 */
public record DataRecord(ObjectNode values, Map<String, String> columns, Path file, int line) {

    public boolean has(String field) {
        return values.has(column(field));
    }

    /** The name that a field has in the file. */
    public String column(String field) {
        return columns.getOrDefault(field, field);
    }

    /** The value of a field; a missing node where there is none. */
    public JsonNode value(String field) {
        return values.path(column(field));
    }

    /**
     * The text of a field that must be there and say something.
     *
     * @throws InputException where it is missing, no text, or blank
     */
    public String text(String field) {
        if (!has(field)) {
            throw refused(
                    "no field '" + column(field) + "'",
                    "The record has " + String.join(", ", fieldNames())
                            + "; map other names with columns: in the recipe's data entry");
        }
        return filled(value(field), column(field));
    }

    /** The text of a field, or null where it is left out or null. */
    public @Nullable String optionalText(String field) {
        JsonNode value = value(field);
        return value.isMissingNode() || value.isNull() ? null : textOf(value, column(field));
    }

    public List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        values.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What is wrong with this record. */
    public InputException refused(String what, String mend) {
        return new InputException(what, where(), mend);
    }

    public String where() {
        return file + " line " + line;
    }

    /** A text that says something. */
    public String filled(JsonNode value, String shownAs) {
        String text = textOf(value, shownAs);
        if (text.isBlank()) {
            throw refused("'" + shownAs + "' is empty", "Write the text, or remove the record");
        }
        return text;
    }

    /** A text, perhaps an empty one. */
    public String textOf(JsonNode value, String shownAs) {
        if (!value.isTextual()) {
            boolean nothing = value.isMissingNode() || value.isNull();
            throw refused(
                    "'" + shownAs + "' is " + kind(value) + ", expected text",
                    nothing ? "Write the text, or remove the record" : "Write the value in quotes");
        }
        String text = value.textValue();
        if (hasHalfPair(text)) {
            throw refused(
                    "'" + shownAs + "' holds half a surrogate pair, which is no character",
                    "Write the character whole, or as U+FFFD");
        }
        return text;
    }

    /** What a value is, for messages. */
    public static String kind(JsonNode value) {
        JsonNodeType type = value.getNodeType();
        return switch (type) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL -> "null";
            case MISSING -> "missing";
            default -> "a " + type.name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
