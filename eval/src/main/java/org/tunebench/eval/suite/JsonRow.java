package org.tunebench.eval.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;

/** One object of a JSON or JSONL file, which knows its place and refuses what is missing or of another type. */
record JsonRow(ObjectNode node, String where) {
    static final ObjectReader READER = Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The objects of a JSONL file, one a line; blank lines are passed over. */
    static List<JsonRow> readLines(SuiteData data, Path file) {
        List<JsonRow> rows = new ArrayList<>();
        String[] lines = data.read(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                rows.add(parse(lines[i], data.where(file, i + 1)));
            }
        }
        return rows;
    }

    private static JsonRow parse(String line, String where) {
        try {
            return of(READER.readTree(line), where);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "malformed JSON: " + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""),
                    where,
                    "Write one JSON object on the line",
                    e);
        }
    }

    static JsonRow of(JsonNode node, String where) {
        if (node instanceof ObjectNode object) {
            return new JsonRow(object, where);
        }
        throw new InputException(
                "a JSON " + typeOf(node) + ", expected an object", where, "Write an object with named fields");
    }

    /** Refuses a field's value that two rows share. */
    static void requireDistinct(List<JsonRow> rows, String field) {
        Map<String, String> firstSeen = new HashMap<>();
        for (JsonRow row : rows) {
            if (!row.has(field)) {
                continue;
            }
            String id = row.scalar(field);
            String first = firstSeen.putIfAbsent(id, row.where);
            if (first != null) {
                throw new InputException(
                        "duplicate " + field + " '" + id + "' (first in " + first + ")",
                        row.where,
                        "Give each item its own");
            }
        }
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** A text, which may be empty. */
    String text(String field) {
        JsonNode value = require(field);
        if (!value.isTextual()) {
            throw wrongType(field, value, "a text");
        }
        return whole(field, value.textValue());
    }

    /** A text that can be written as UTF-8. */
    private String whole(String field, String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
                throw new InputException(
                        "field '" + field + "' holds half a surrogate pair", where, "Write the whole character");
            }
        }
        return text;
    }

    /** A text that says something. */
    String filledText(String field) {
        String text = text(field);
        if (text.isBlank()) {
            throw new InputException("field '" + field + "' is empty", where, "Fill it in");
        }
        return text;
    }

    Optional<String> optionalText(String field) {
        return has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    /** A text or a number, as text. */
    String scalar(String field) {
        JsonNode value = require(field);
        if (!value.isValueNode()) {
            throw wrongType(field, value, "a text or a number");
        }
        return value.asText();
    }

    /** A whole number, also written as text. */
    int integer(String field) {
        JsonNode value = require(field);
        if (value.isInt()) {
            return value.intValue();
        }
        if (value.isTextual() && value.textValue().matches("-?[0-9]{1,9}")) {
            return Integer.parseInt(value.textValue());
        }
        throw wrongType(field, value, "a whole number");
    }

    /** A list of texts, none of them empty. */
    List<String> texts(String field) {
        JsonNode value = require(field);
        if (!value.isArray() || value.isEmpty()) {
            throw wrongType(field, value, "a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw wrongType(field + "[" + texts.size() + "]", element, "a text");
            }
            if (element.textValue().isBlank()) {
                throw new InputException(field + "[" + texts.size() + "] is empty", where, "Fill it in");
            }
            texts.add(whole(field, element.textValue()));
        }
        return texts;
    }

    JsonNode require(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new InputException(
                    "field '" + field + "' is missing (there are " + String.join(", ", names()) + ")", where, "Add it");
        }
        return value;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names.isEmpty() ? List.of("none") : names;
    }

    private InputException wrongType(String field, JsonNode value, String expected) {
        return new InputException(
                "field '" + field + "' is " + article(typeOf(value)) + ", expected " + expected,
                where,
                "Write it as " + expected);
    }

    private static String article(String noun) {
        return ("aeo".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    private static String typeOf(JsonNode value) {
        return value.isArray() && value.isEmpty()
                ? "empty list"
                : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }
}
