package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Ratings.Choice;

/**
 * Records and settings for Argilla 2, in {@code argilla/}: one dataset a rater with the records of {@code <rater>.json}
 * ({@code dataset.records.from_json}) and the settings of {@code ratings-settings.json} ({@code rg.Settings.from_json});
 * the same with {@code -pairs.json} and {@code pairs-settings.json}. Fields are text, not Markdown.
 */
final class ArgillaSheet implements SheetWriter {
    private static final String FOLDER = "argilla";
    private static final List<String> RATED = List.of(SheetColumns.PROMPT, SheetColumns.RESPONSE);
    private static final List<String> COMPARED =
            List.of(SheetColumns.PROMPT, SheetColumns.RESPONSE_A, SheetColumns.RESPONSE_B);

    private record Entry(
            String id,
            Map<String, String> fields,
            Map<String, String> metadata,
            Map<String, String> suggestions,
            Map<String, String> responses,
            Map<String, String> vectors,
            String status) {}

    private record Settings(
            String guidelines,
            boolean allowExtraMetadata,
            Distribution distribution,
            List<Field> fields,
            List<Question> questions,
            List<String> metadata,
            List<String> vectors) {}

    private record Distribution(String strategy, int minSubmitted) {}

    private record Field(String name, String title, boolean required, Text settings) {}

    private record Question(
            String name, String title, @Nullable String description, boolean required, Object settings) {}

    private record Text(String type, boolean useMarkdown) {}

    private record Choices(String type, List<?> options) {}

    private record Grade(int value) {}

    private record Option(String value, String text) {}

    private static final Text PLAIN = new Text("text", false);

    @Override
    public List<Path> write(RaterSheet sheet, Path folder) {
        Path own = folder.resolve(FOLDER);
        String guidelines = Instructions.text(!sheet.pairs().isEmpty());
        List<Path> files = new ArrayList<>(List.of(own.resolve(sheet.rater() + ".json")));
        AtomicFiles.writeJson(
                files.get(0),
                sheet.ratings().stream()
                        .map(row -> entry(row.id(), RATED, List.of(row.prompt(), row.response())))
                        .toList());
        AtomicFiles.writeJson(own.resolve("ratings-settings.json"), settings(guidelines, RATED, ratings()));
        if (!sheet.pairs().isEmpty()) {
            files.add(own.resolve(sheet.rater() + "-pairs.json"));
            AtomicFiles.writeJson(
                    files.get(1),
                    sheet.pairs().stream()
                            .map(row -> entry(row.id(), COMPARED, List.of(row.prompt(), row.first(), row.second())))
                            .toList());
            AtomicFiles.writeJson(
                    own.resolve("pairs-settings.json"),
                    settings(guidelines, COMPARED, List.of(preference(), comment())));
        }
        return files;
    }

    private static Entry entry(String id, List<String> names, List<String> texts) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), texts.get(i));
        }
        return new Entry(id, fields, Map.of(), Map.of(), Map.of(), Map.of(), "pending");
    }

    private static Settings settings(String guidelines, List<String> fields, List<Question> questions) {
        return new Settings(
                guidelines,
                false,
                new Distribution("overlap", 1),
                fields.stream()
                        .map(name -> new Field(name, SheetColumns.heading(name), true, PLAIN))
                        .toList(),
                questions,
                List.of(),
                List.of());
    }

    private static List<Question> ratings() {
        List<Grade> grades = IntStream.rangeClosed(Dimension.LOWEST, Dimension.HIGHEST)
                .mapToObj(Grade::new)
                .toList();
        List<Question> questions = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            questions.add(new Question(
                    dimension.id(), dimension.title(), dimension.question(), false, new Choices("rating", grades)));
        }
        questions.add(comment());
        return questions;
    }

    private static Question preference() {
        List<Option> options = Arrays.stream(Choice.values())
                .map(c -> new Option(Preferences.label(c), Preferences.meaning(c)))
                .toList();
        return new Question(
                SheetColumns.PREFERENCE,
                "Preference",
                "Which is better on the whole?",
                false,
                new Choices("label_selection", options));
    }

    private static Question comment() {
        return new Question(SheetColumns.COMMENT, "Comment", null, false, PLAIN);
    }
}
