package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Json;

class DataCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeData() throws IOException {
        write("a.jsonl", """
                {"instruction": "Name a colour please", "output": "Red is a colour", "score": 4}
                {"instruction": "Name a colour please", "output": "Red is a colour", "score": 4}
                {"instruction": "Name a number please", "output": "I'm sorry, but I cannot do that.", "score": 5}
                {"instruction": "Write a Python function to add", "output": "```python\\ndef add(a, b):", "score": 2}
                """);
    }

    @Test
    void filter_namedFilters_writesWhatIsKeptAndTellsWhatIsNot() throws IOException {
        Ended ended = run(
                "data", "filter", "@/a.jsonl", "--filters", "exact_duplicates,boilerplate", "--out", "@/kept.jsonl");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).containsExactly(at("kept.jsonl"), at("kept.jsonl.filters.json"));
        assertThat(ended.err()).contains("a.jsonl: 4 read, 2 kept, 2 dropped (boilerplate 1, exact_duplicates 1)");
        List<JsonNode> kept = lines("kept.jsonl");
        assertThat(kept).hasSize(2);
        assertThat(kept.get(0).at("/messages/1/content").asText()).isEqualTo("Red is a colour");
        assertThat(kept.get(0).at("/scores/score").asDouble()).isEqualTo(4);
        JsonNode report =
                Json.MAPPER.readTree(folder.resolve("kept.jsonl.filters.json").toFile());
        assertThat(report.path("kept").asInt()).isEqualTo(2);
        assertThat(report.at("/filters/1/filter").asText()).isEqualTo("boilerplate");
        assertThat(report.at("/filters/1/samples/0/where").asText()).endsWith("a.jsonl line 3");
        assertThat(report.at("/filters/1/samples/0/objection").asText())
                .isEqualTo("response says 'i'm sorry, but i cannot'");
    }

    @Test
    void filter_whatItWrote_readsAgainWithScoresAndCategories() throws IOException {
        assertThat(run(
                                "data",
                                "filter",
                                "@/a.jsonl",
                                "--filters",
                                "exact_duplicates",
                                "--predict-categories",
                                "--out",
                                "@/b.jsonl")
                        .code())
                .isZero();
        write("f.yaml", "filters: [{name: score, of: score, max: 3}, {name: category, keep: [coding]}]\n");

        Ended ended = run("data", "filter", "@/b.jsonl", "--filters", "@/f.yaml", "--out", "@/c.jsonl");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(lines("c.jsonl")).hasSize(1);
        assertThat(lines("c.jsonl").get(0).path("category").asText()).isEqualTo("coding");
    }

    @Test
    void filter_overlapWithABundledSuite_isFound() throws IOException {
        String question = bundledQuestion();
        write(
                "s.jsonl",
                Json.text(java.util.Map.of("instruction", "Hear this: " + question, "output", "no"), false) + "\n"
                        + Files.readString(folder.resolve("a.jsonl")));

        Ended ended = run(
                "data",
                "filter",
                "@/s.jsonl",
                "--filters",
                "suite_overlap",
                "--suites",
                "truthfulqa_mc",
                "--out",
                "@/o.jsonl");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("5 read, 4 kept, 1 dropped (suite_overlap 1)");
    }

    @Test
    void filter_thatDropsEverything_isRefusedAndWritesNothing() throws IOException {
        write("f.yaml", "filters: [{name: words, min_response: 900}]\n");

        Ended ended = run("data", "filter", "@/a.jsonl", "--filters", "@/f.yaml", "--out", "@/none.jsonl");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("every example is dropped", "words 4", "Loosen the recipe's filters: words");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("a.jsonl", "f.yaml");
        }
    }

    @Test
    void filter_mistakes_areRefused() throws IOException {
        write("empty.yaml", "filters: []\n");
        refuses("unknown filters item 'word'", "--filters", "word");
        refuses("the filter needs the texts of the suites", "--filters", "suite_overlap");
        refuses("the filter needs a tokenizer", "--filters", "tokens");
        refuses("the filter needs a judge", "--filters", "judge_score");
        refuses("budget is missing", "--filters", "deita");
        refuses("model is missing", "--filters", "quality");
        refuses("filters is missing or empty", "--filters", "@/empty.yaml");
        refuses("unknown format 'alpacca'", "--filters", "words", "--format", "alpacca");
        refuses("cannot be asked for ratings", "--filters", "judge_score", "--judge", "reference");
        refuses("unknown suite 'mmluu'", "--filters", "suite_overlap", "--suites", "mmluu");
    }

    @Test
    void quality_corruptTrainAndFilter_goTogether() throws IOException {
        write(
                "good.jsonl",
                IntStream.range(0, 300)
                        .mapToObj(i -> Json.text(
                                java.util.Map.of(
                                        "instruction",
                                        "Tell me about house number " + i + ".",
                                        "output",
                                        "House number " + i + " stands in the long street. It has " + (i % 9 + 2)
                                                + " rooms and a door of wood. Many people like it."),
                                false))
                        .collect(Collectors.joining("\n")));
        assertThat(run("data", "quality", "corrupt", "@/good.jsonl", "--out", "@/labelled.jsonl")
                        .code())
                .isZero();

        Ended trained = run("data", "quality", "train", "@/labelled.jsonl", "--out", "@/q.json");

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("responses held out: AUC 0.9", "truncated");
        write("f.yaml", "filters: [{name: quality, model: q.json}]\n");
        write("mixed.jsonl", """
                {"instruction": "Tell me about house number 7.", "output": "House number 7 stands in the long street. It has 9 rooms and a door of wood. Many people like it."}
                {"instruction": "Tell me about house number 8.", "output": "door like in 8 a people House rooms of the number"}
                """);
        Ended filtered = run("data", "filter", "@/mixed.jsonl", "--filters", "@/f.yaml", "--out", "@/best.jsonl");
        assertThat(filtered.err()).contains("2 read, 1 kept, 1 dropped (quality 1)");
        assertThat(lines("best.jsonl").get(0).at("/scores/quality").asDouble()).isGreaterThan(0.5);
    }

    @Test
    void quality_tooFewLabels_isRefused() throws IOException {
        write("l.jsonl", "{\"instruction\": \"I\", \"response\": \"R\", \"good\": true}\n");

        Ended ended = run("data", "quality", "train", "@/l.jsonl", "--out", "@/q.json");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("the labelled responses are too few", "Label more responses, good and bad");
        assertThat(folder.resolve("q.json")).doesNotExist();
    }

    private void refuses(String what, String... options) {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"data", "filter", "@/a.jsonl", "--out", "@/x.jsonl"}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        Ended ended = run(arguments);
        assertThat(ended.code()).as(what).isEqualTo(2);
        assertThat(ended.err()).contains(what).doesNotContain("\tat ");
        assertThat(folder.resolve("x.jsonl")).doesNotExist();
    }

    private static String bundledQuestion() {
        return SuiteChoice.of("truthfulqa_mc", null).texts(org.tunebench.core.runtime.Device.CPU).texts().stream()
                .filter(text -> text.split("\\s+").length >= 8)
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new java.util.ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name))) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Ended run(String... arguments) {
        return Ended.of(Arrays.stream(arguments)
                .map(a -> a.startsWith("@/") ? folder.resolve(a.substring(2)).toString() : a)
                .toArray(String[]::new));
    }
}
