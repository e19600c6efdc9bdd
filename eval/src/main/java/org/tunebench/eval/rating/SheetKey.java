package org.tunebench.eval.rating;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;

/**
 * What raters must not see: which model wrote what. Responses are exactly as the models gave them, whatever the sheets had
 * to change for a spreadsheet's safety.
 *
 * @param items what was rated
 * @param rows which row of which rater holds which item, by its index
 */
record SheetKey(int schema, long seed, List<Item> items, List<Row> rows) {
    static final int SCHEMA = 1;

    record Item(String promptId, String prompt, String model, String response) {}

    record Row(String id, String rater, int item) {}

    /** Written in ASCII, so that half surrogate pairs survive. */
    void write(Path file) {
        try {
            AtomicFiles.write(
                    file,
                    Json.MAPPER
                            .writerWithDefaultPrettyPrinter()
                            .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                            .writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("the key is no JSON value", e);
        }
    }

    static SheetKey read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException("no such file", file.toString(), "Name the key that sheets export wrote");
        }
        SheetKey key;
        try {
            key = Json.MAPPER.readValue(file.toFile(), SheetKey.class);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "not a key: " + e.getOriginalMessage().lines().findFirst().orElse("malformed JSON"),
                    file.toString(),
                    "Name the key that sheets export wrote",
                    e);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check its permissions", e);
        }
        if (key.schema != SCHEMA || key.items == null || key.rows == null) {
            throw new InputException(
                    "schema " + key.schema + ", expected " + SCHEMA,
                    file.toString(),
                    "Name the key that sheets export wrote");
        }
        return key;
    }
}
