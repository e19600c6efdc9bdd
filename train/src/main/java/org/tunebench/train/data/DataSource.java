package org.tunebench.train.data;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;

/**
 * One entry of a recipe's {@code data:}: a file, how to read it, and how much of it to take.
 *
 * @param path the file; relative paths stand beside the recipe
 * @param format left out, it is detected from the first record
 * @param weight how often each example occurs in an epoch (default 1): 2 is twice, 0.5 is a half drawn anew by seed for
 *     every epoch
 * @param share in place of a weight: the part of an epoch's <b>tokens</b> that comes from this entry, drawn anew by seed
 *     for every epoch and repeated where there is too little. {@code share: 0.2} on raw text is the paper's
 *     {@code inst_ratio = 0.8}, counted in tokens
 * @param limit at most so many examples, drawn by seed after filtering, kept in file order
 * @param columns where the file's field names differ: name of the format's field → name in the file
 * @param templates instruction templates, one chosen by seed for each example, in place of the format's own user text
 * @param system a system prompt for conversations that have none
 */
public record DataSource(
        Path path,
        @Nullable DataFormat format,
        Double weight,
        @Nullable Double share,
        @Nullable Integer limit,
        Map<String, String> columns,
        @Nullable InstructionTemplates templates,
        @Nullable String system) {

    public DataSource {
        if (path == null) {
            throw new IllegalArgumentException("path is missing from a data entry");
        }
        if (share != null && weight != null && weight != 1) {
            throw new IllegalArgumentException("share and weight exclude each other");
        }
        weight = Range.above(0).to(1000).check("weight", weight == null ? 1.0 : weight);
        if (share != null) {
            Range.above(0).below(1).check("share", share);
        }
        if (limit != null) {
            Range.from(1).check("limit", limit);
        }
        columns = columns == null ? Map.of() : Map.copyOf(columns);
    }

    /** A file in a format that is detected, every example once an epoch. */
    public static DataSource of(Path path) {
        return new DataSource(path, null, 1.0, null, null, Map.of(), null, null);
    }
}
