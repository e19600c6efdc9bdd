package org.tunebench.train.category;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.SharedData;

/** On instructions that others wrote: the figures of docs/filters.md. Floors, not goals: what is measured is printed. */
class RealCategoryTest {
    /** Super-NaturalInstructions' own Categories, as kinds of the paper. */
    private static final Map<String, Category> TASKS = Map.ofEntries(
            Map.entry("task1146", Category.QUESTION_ANSWERING),
            Map.entry("task1448", Category.EXTRACTION),
            Map.entry("task1509", Category.QUESTION_ANSWERING),
            Map.entry("task1562", Category.REWRITING),
            Map.entry("task1572", Category.REWRITING),
            Map.entry("task352", Category.CLASSIFICATION),
            Map.entry("task363", Category.CLASSIFICATION),
            Map.entry("task639", Category.GENERATION),
            Map.entry("task745", Category.REASONING),
            Map.entry("task770", Category.REWRITING),
            Map.entry("task862", Category.REASONING),
            Map.entry("task875", Category.CLASSIFICATION));

    @Test
    void predict_seedTasksOfSelfInstruct_agreesWithTheirCategories() throws IOException {
        Path file = SharedData.require("self_instruct/seed_tasks.jsonl");
        Map<String, Category> truth = seedTasks();
        CategoryConfusion confusion = new CategoryConfusion();
        int flagged = 0;
        for (String line : Files.readAllLines(file)) {
            JsonNode task = Json.MAPPER.readTree(line);
            String input = task.at("/instances/0/input").asText();
            String instruction = task.path("instruction").asText();
            Category predicted = CategoryModel.builtIn()
                    .predict(input.isBlank() ? instruction : instruction + "\n\n" + input)
                    .category();
            confusion.add(
                    Objects.requireNonNull(
                            truth.get(task.path("id").asText()), task.path("id").asText()),
                    predicted);
            boolean classification = predicted == Category.CLASSIFICATION;
            flagged += classification == task.path("is_classification").asBoolean() ? 1 : 0;
        }
        System.out.printf("categories, seed tasks: %s%d of 175 agree with is_classification%n", confusion, flagged);
        assertThat(confusion.accuracy()).isGreaterThan(0.5);
    }

    @Test
    void predict_definitionsOfNaturalInstructions_agreesWithTheirCategories() throws IOException {
        Path folder = SharedData.require("natural_instructions");
        CategoryConfusion confusion = new CategoryConfusion();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Category truth = TASKS.get(String.valueOf(file.getFileName()).replaceFirst("_.*", ""));
                if (truth != null) {
                    JsonNode task = Json.MAPPER.readTree(file.toFile());
                    String input = task.at("/Instances/0/input").asText();
                    String definition = task.at("/Definition/0").asText();
                    confusion.add(
                            truth,
                            CategoryModel.builtIn()
                                    .predict(definition + "\n\n" + input)
                                    .category());
                }
            }
        }
        System.out.println("categories, natural instructions: " + confusion);
        assertThat(confusion.accuracy()).isGreaterThan(0.4);
    }

    private static Map<String, Category> seedTasks() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RealCategoryTest.class.getResourceAsStream("seed_task_categories.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            parts -> parts[0], parts -> Category.of(parts[1]).orElseThrow()));
        }
    }
}
