package org.tunebench.train.data.example;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where an example comes from, and what is known about it.
 *
 * @param source index of the data entry in the recipe
 * @param label the file's name in ids: with {@code #2} behind it where the same name occurs a second time in a recipe
 * @param line line of the file at which the record begins, counted from 1; in Parquet its row
 * @param part which of a record's examples, counted from 1; 0 where a record gives one
 * @param task the task that the example belongs to, where the record or the entry names one
 * @param category the kind of task (question answering, coding, …), where it is given
 * @param template the instruction template that was chosen: its name, or its number in the list, counted from 0
 * @param scores name of a filter → the score that it gave
 */
public record Origin(
        int source,
        Path file,
        String label,
        int line,
        int part,
        @Nullable String task,
        @Nullable String category,
        @Nullable String template,
        Map<String, Double> scores) {

    public Origin {
        scores = scores.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(scores));
    }

    /** The only example of a record of which nothing more is known. */
    public static Origin of(int source, Path file, int line) {
        return new Origin(source, file, String.valueOf(file.getFileName()), line, 0, null, null, null, Map.of());
    }

    /** {@code label:line}, and {@code /part} where a record gives several. */
    public String id() {
        return part == 0 ? label + ":" + line : label + ":" + line + "/" + part;
    }

    /** File and line, for messages. */
    public String where() {
        return file + " line " + line;
    }

    /** With one more score. */
    public Origin withScore(String filter, double score) {
        Map<String, Double> more = new TreeMap<>(scores);
        more.put(filter, score);
        return new Origin(source, file, label, line, part, task, category, template, more);
    }

    /** With a category, e.g. one that was predicted. */
    public Origin withCategory(String predicted) {
        return new Origin(source, file, label, line, part, task, predicted, template, scores);
    }
}
