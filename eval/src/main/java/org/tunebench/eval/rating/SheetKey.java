package org.tunebench.eval.rating;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Ratings.Choice;

/**
 * What raters must not see: which model wrote what. Responses are exactly as the models gave them, whatever the sheets had
 * to change for safety.
 *
 * @param set letters that every id of these sheets begins with
 * @param items what was rated
 * @param rows which row of which rater holds which item, by its index
 */
record SheetKey(int schema, String set, long seed, List<Item> items, List<Row> rows) {
    static final int SCHEMA = 2;
    private static final String MEND = "Name the key that sheets export wrote";

    /** @param model absent for gold items */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(String promptId, String prompt, @Nullable String model, String response) {}

    /**
     * One row of a sheet.
     *
     * @param position its place in the sheet, from 1
     * @param other the second response's item, where two are compared
     * @param repeats the id of the row that this one repeats, for consistency
     * @param gold what is right, where that is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String id,
            String rater,
            int position,
            int item,
            @Nullable Integer other,
            @Nullable String repeats,
            @Nullable Gold gold) {}

    /** Right ratings by dimension, or the right choice. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Gold(Map<String, Integer> ratings, @Nullable Choice choice) {}

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
            throw new InputException("no such file", file.toString(), MEND);
        }
        SheetKey key;
        try {
            key = Json.MAPPER.readValue(file.toFile(), SheetKey.class);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "not a key: " + e.getOriginalMessage().lines().findFirst().orElse("malformed JSON"),
                    file.toString(),
                    MEND,
                    e);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check its permissions", e);
        }
        if (key.schema != SCHEMA || key.set == null || key.items == null || key.rows == null) {
            throw new InputException("schema " + key.schema + ", expected " + SCHEMA, file.toString(), MEND);
        }
        for (Row row : key.rows) {
            if (row == null
                    || row.id == null
                    || row.rater == null
                    || !key.holds(row.item)
                    || (row.other != null && !key.holds(row.other))) {
                throw new InputException(
                        "row " + row + " has no item", file.toString(), "Take the key as it was written");
            }
        }
        return key;
    }

    private boolean holds(int item) {
        return item >= 0 && item < items.size();
    }
}
