package org.tunebench.train.data.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.KnownNames;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.file.DataRecord;

/**
 * Texts with {@code {field}} where a field of the record goes. Doubled braces are single ones in the text.
 *
 * @param response null where the record's own response stays
 */
record BraceTemplate(String name, String prompt, @Nullable String response) implements InstructionTemplate {
    private static final Pattern PART = Pattern.compile("\\{\\{|\\}\\}|\\{([A-Za-z_][A-Za-z0-9_ .-]*)\\}|[{}]");

    /** @throws IllegalArgumentException when a brace is left open */
    BraceTemplate {
        refuseStrayBraces(prompt);
        if (response != null) {
            refuseStrayBraces(response);
        }
    }

    @Override
    public boolean responds() {
        return response != null;
    }

    @Override
    public Filled fill(DataRecord row, SeededRandom random) {
        return new Filled(name, filled(prompt, row), response == null ? null : filled(response, row));
    }

    private static String filled(String text, DataRecord row) {
        Matcher part = PART.matcher(text);
        StringBuilder filled = new StringBuilder(text.length() + 64);
        int from = 0;
        while (part.find()) {
            filled.append(text, from, part.start());
            filled.append(
                    part.group(1) != null
                            ? field(row, part.group(1))
                            : part.group().substring(1));
            from = part.end();
        }
        return filled.append(text, from, text.length()).toString();
    }

    /** The text of a field: text as it is, numbers and booleans as JSON writes them. */
    private static String field(DataRecord row, String field) {
        JsonNode value = row.value(field);
        if (value.isMissingNode()) {
            throw KnownNames.unknown("template field", field, row.fieldNames(), row.where());
        }
        if (value.isContainerNode()) {
            throw row.refused(
                    "template field '" + field + "' is " + DataRecord.kind(value), "Templates take text and numbers");
        }
        return value.isNull() ? "" : value.isTextual() ? row.textOf(value, field) : value.asText();
    }

    private static void refuseStrayBraces(String text) {
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group().length() == 1) {
                throw new IllegalArgumentException("templates: stray '" + part.group() + "' in \"" + text
                        + "\" (fields are written {name}, a brace of the text {{ or }})");
            }
        }
    }
}
