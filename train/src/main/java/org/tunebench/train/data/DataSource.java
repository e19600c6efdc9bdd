package org.tunebench.train.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.format.DataFormat;
import org.tunebench.train.data.format.TreePaths;
import org.tunebench.train.data.template.InstructionTemplates;

/**
 * One entry of a recipe's {@code data:}: a file, or the files of a folder, how to read it, and how much of it to take.
 *
 * @param path the file or folder; relative paths stand beside the recipe
 * @param format left out, it is detected from the first record of each file
 * @param weight how often each example occurs in an epoch (default 1): 2 is twice, 0.5 is a half drawn anew by seed for
 *     every epoch. Under a mixture of rates: the rate
 * @param share in place of a weight: the part of an epoch that comes from this entry, drawn anew by seed for every epoch and
 *     repeated where there is too little; counted in tokens, or as the mixture says. {@code share: 0.2} on raw text is the
 *     paper's {@code inst_ratio = 0.8}
 * @param limit at most so many examples, drawn by seed after filtering, kept in file order
 * @param columns where the file's field names differ: name of the format's field → name in the file
 * @param templates instruction templates, one chosen by seed for each example, in place of the format's own user text
 * @param system a system prompt for conversations that have none
 * @param task the task of records that name none; of a folder's records the file's name, unless this says otherwise
 * @param category the category of records that name none; {@link #PREDICTED} predicts it from the instruction
 * @param paths of message trees: the best conversation (default), or all of them
 * @param positiveExamples of natural-instructions: how many worked examples stand before each instance (default 0)
 */
public record DataSource(
        Path path,
        @Nullable DataFormat format,
        Double weight,
        @Nullable Double share,
        @Nullable Integer limit,
        Map<String, String> columns,
        @Nullable InstructionTemplates templates,
        @Nullable String system,
        @Nullable String task,
        @Nullable String category,
        TreePaths paths,
        Integer positiveExamples) {
    /** In a category's place: one of the paper's eight, by {@link org.tunebench.train.category.CategoryModel}. */
    public static final String PREDICTED = "predicted";

    private static final Pattern DATA = Pattern.compile("[^.].*\\.(json|jsonl|ndjson|txt|parquet)(\\.gz)?");

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
        paths = paths == null ? TreePaths.BEST : paths;
        positiveExamples =
                Range.from(0).to(100).check("positive_examples", positiveExamples == null ? 0 : positiveExamples);
    }

    /** A file in a format that is detected, every example once an epoch. */
    public static DataSource of(Path path) {
        return new DataSource(path, null, 1.0, null, null, Map.of(), null, null, null, null, TreePaths.BEST, 0);
    }

    public DataSource withFormat(DataFormat named) {
        return new DataSource(
                path, named, weight, share, limit, columns, templates, system, task, category, paths, positiveExamples);
    }

    public DataSource withColumns(Map<String, String> mapped) {
        return new DataSource(
                path, format, weight, share, limit, mapped, templates, system, task, category, paths, positiveExamples);
    }

    public DataSource withCategory(String named) {
        return new DataSource(
                path, format, weight, share, limit, columns, templates, system, task, named, paths, positiveExamples);
    }

    public DataSource withTask(String named) {
        return new DataSource(
                path,
                format,
                weight,
                share,
                limit,
                columns,
                templates,
                system,
                named,
                category,
                paths,
                positiveExamples);
    }

    public DataSource withTemplates(InstructionTemplates given) {
        return new DataSource(
                path, format, weight, share, limit, columns, given, system, task, category, paths, positiveExamples);
    }

    public DataSource withLimit(int most) {
        return new DataSource(
                path, format, weight, share, most, columns, templates, system, task, category, paths, positiveExamples);
    }

    public DataSource withSystem(String prompt) {
        return new DataSource(
                path,
                format,
                weight,
                share,
                limit,
                columns,
                templates,
                prompt,
                task,
                category,
                paths,
                positiveExamples);
    }

    public DataSource withPaths(TreePaths taken) {
        return new DataSource(
                path,
                format,
                weight,
                share,
                limit,
                columns,
                templates,
                system,
                task,
                category,
                taken,
                positiveExamples);
    }

    /** Whether the path is a folder, each of whose files is a task. */
    boolean isFolder() {
        return Files.isDirectory(path);
    }

    /** The file, or the folder's files with data, by name. */
    public List<Path> files() {
        if (!isFolder()) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && DATA.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
