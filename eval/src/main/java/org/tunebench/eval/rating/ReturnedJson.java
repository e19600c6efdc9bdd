package org.tunebench.eval.rating;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;

/**
 * What the sheet's own page saves, and what Label Studio (JSON and JSON-MIN) and Argilla (2, nested or flat; 1) export. A
 * file of one JSON value a line is taken as a list of them.
 */
final class ReturnedJson {
    private final ReturnedFile into;
    private int entry;

    private ReturnedJson(ReturnedFile into) {
        this.into = into;
    }

    /** @throws InputException where the file is not JSON */
    static void read(String text, Path file, ReturnedFile into) {
        ReturnedJson reader = new ReturnedJson(into);
        try (MappingIterator<JsonNode> values =
                Json.MAPPER.readerFor(JsonNode.class).readValues(text)) {
            while (values.hasNextValue()) {
                reader.value(values.nextValue());
            }
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "not a whole JSON file: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    file
                            + (e.getLocation() == null
                                    ? ""
                                    : " line " + e.getLocation().getLineNr()),
                    "Save or export the sheet again",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from memory", e);
        }
        if (reader.entry == 0) {
            into.refuse(1, null, "the file holds no rated row");
        }
    }

    private void value(JsonNode value) {
        if (value.isArray()) {
            value.forEach(this::entry);
        } else if (value.path("rows").isArray()) {
            value.path("rows").forEach(this::entry);
        } else {
            entry(value);
        }
    }

    private void entry(JsonNode node) {
        entry++;
        if (!node.isObject()) {
            into.refuse(entry, null, "it is no JSON object");
        } else if (node.path("annotations").isArray() || node.path("data").isObject()) {
            labelStudio(node);
        } else if (node.path("responses").isArray()) {
            argillaOne(node);
        } else if (node.path("responses").isObject()) {
            argilla(node);
        } else if (node.has(Dimension.ids().get(0) + ".responses")
                || node.has(SheetColumns.PREFERENCE + ".responses")) {
            flatArgilla(node);
        } else {
            Map<String, String> cells = new LinkedHashMap<>();
            node.properties()
                    .forEach(field -> ReturnedTable.named(field.getKey())
                            .ifPresent(column -> put(cells, column, field.getValue())));
            add(cells, node.path("row_id"), text(node.path("annotator")));
        }
    }

    private void labelStudio(JsonNode task) {
        int answered = 0;
        for (JsonNode annotation : task.path("annotations")) {
            if (annotation.path("was_cancelled").asBoolean()) {
                continue;
            }
            answered++;
            Map<String, String> cells = texts(task.path("data"));
            for (JsonNode result : annotation.path("result")) {
                JsonNode value = result.path("value");
                put(
                        cells,
                        result.path("from_name").asText(),
                        value.path(result.path("type").asText("")));
                put(cells, result.path("from_name").asText(), value.path("text"));
            }
            JsonNode by = annotation.path("completed_by");
            add(cells, task.path("data").path("row_id"), text(by.isObject() ? by.path("email") : by));
        }
        if (answered == 0) {
            add(texts(task.path("data")), task.path("data").path("row_id"), null);
        }
    }

    private void argilla(JsonNode entry) {
        Map<String, Map<String, String>> byUser = new TreeMap<>();
        entry.path("responses")
                .properties()
                .forEach(question -> question.getValue().forEach(response -> {
                    if (!response.path("status").asText("").equals("discarded")) {
                        put(
                                byUser.computeIfAbsent(
                                        response.path("user_id").asText(""), u -> texts(entry.path("fields"))),
                                question.getKey(),
                                response.path("value"));
                    }
                }));
        addAll(byUser, entry, entry.path("fields"));
    }

    /** The same with a column each for values, users and states. */
    private void flatArgilla(JsonNode entry) {
        Map<String, Map<String, String>> byUser = new TreeMap<>();
        entry.properties().forEach(field -> {
            if (field.getKey().endsWith(".responses")) {
                JsonNode users = entry.path(field.getKey() + ".users");
                JsonNode states = entry.path(field.getKey() + ".status");
                for (int i = 0; i < field.getValue().size(); i++) {
                    if (!states.path(i).asText("").equals("discarded")) {
                        put(
                                byUser.computeIfAbsent(users.path(i).asText(""), u -> texts(entry)),
                                field.getKey().replaceFirst("\\.responses$", ""),
                                field.getValue().path(i));
                    }
                }
            }
        });
        addAll(byUser, entry, entry);
    }

    /** Argilla 1: a list of users' answers, each with its values. */
    private void argillaOne(JsonNode entry) {
        Map<String, Map<String, String>> byUser = new TreeMap<>();
        for (JsonNode response : entry.path("responses")) {
            if (!response.path("status").asText("").equals("discarded")) {
                Map<String, String> cells =
                        byUser.computeIfAbsent(response.path("user_id").asText(""), u -> texts(entry.path("fields")));
                response.path("values")
                        .properties()
                        .forEach(v -> put(cells, v.getKey(), v.getValue().path("value")));
            }
        }
        addAll(byUser, entry, entry.path("fields"));
    }

    private void addAll(Map<String, Map<String, String>> byUser, JsonNode entry, JsonNode fields) {
        JsonNode id = entry.has("external_id") ? entry.path("external_id") : entry.path("id");
        if (byUser.isEmpty()) {
            add(texts(fields), id, null);
        }
        byUser.forEach((user, cells) -> add(cells, id, user.isEmpty() ? null : user));
    }

    private void add(Map<String, String> cells, JsonNode id, @Nullable String annotator) {
        put(cells, SheetColumns.ID, id);
        into.rows().add(new ReturnedRow(into.name(), entry, annotator, cells));
    }

    /** Prompt and responses as the entry has them. */
    private static Map<String, String> texts(JsonNode fields) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (String column :
                List.of(SheetColumns.PROMPT, SheetColumns.RESPONSE, SheetColumns.RESPONSE_A, SheetColumns.RESPONSE_B)) {
            put(cells, column, fields.path(column));
        }
        return cells;
    }

    private static void put(Map<String, String> cells, String column, JsonNode value) {
        String text = text(value);
        if (text != null && !text.isBlank()) {
            cells.put(column, text.strip());
        }
    }

    /** A value, or those of a list, a line each. */
    private static @Nullable String text(JsonNode value) {
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(v -> texts.add(v.asText()));
            return String.join("\n", texts);
        }
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
