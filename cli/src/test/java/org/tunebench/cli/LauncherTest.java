package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;

/** The program as a user runs it: {@code ./tunebench} in a process of its own, on the user's own files. */
class LauncherTest {
    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    private Ended tunebench(String... arguments) throws IOException, InterruptedException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(root.resolve("tunebench"))) {
            root = root.getParent();
        }
        List<String> command = new ArrayList<>(List.of(root.resolve("tunebench").toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        int code = process.waitFor();
        return new Ended(code, Files.readString(out), Files.readString(err));
    }

    @Test
    void compare_ownDataRecipesAndSuite_givesRunsReportAndSheets() throws Exception {
        StringBuilder data = new StringBuilder();
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            data.append("""
                    {"messages": [{"role": "user", "content": "The number after %d?"}, {"role": "assistant", "content": "%d"}]}
                    """.formatted(i, i + 1));
            items.append("{\"id\": \"n%d\", \"prompt\": \"The number after %d?\", \"target\": \"%d\"}\n"
                    .formatted(i, i, i + 1));
        }
        Files.writeString(folder.resolve("chats.jsonl"), data);
        Files.writeString(folder.resolve("items.jsonl"), items);
        Files.writeString(
                folder.resolve("next_number.yaml"),
                "name: next_number\nversion: '1'\ntype: exact_match\ndata: items.jsonl\nmax_new_tokens: 4\n");
        for (String method : List.of("full", "lora")) {
            Files.writeString(folder.resolve(method + ".yaml"), """
                    method: %s
                    data: [{path: chats.jsonl}]
                    template: chatml
                    max_length: 64
                    batch_size: 8
                    steps: 12
                    optimizer: {learning_rate: 1.0e-3}
                    """.formatted(method));
        }
        Files.writeString(folder.resolve("experiment.yaml"), """
                name: next-number
                base: embedded
                seeds: [1, 2]
                recipes: [full.yaml, lora.yaml]
                suites:
                  next_number.yaml: {chat: true, limit: 10}
                  mmlu_cloze: {shots: 0, limit: 2}
                sheets: {raters: 2, max_new_tokens: 8}
                """);

        Ended ended = tunebench("compare", "experiment.yaml", "--out", "out", "--device", "cpu", "--jobs", "2");

        assertThat(ended.err()).as("standard error").contains("Recipe 1 of 4").doesNotContain("Exception");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("full", "lora", "embedded", "report.html");
        Path out = folder.resolve("out");
        for (String run : List.of("base", "full-seed1", "full-seed2", "lora-seed1", "lora-seed2")) {
            RunFolder made = RunFolder.open(out.resolve("runs").resolve(run));
            assertThat(made.readRecord().status()).isEqualTo(RunRecord.Status.DONE);
            assertThat(made.readResults().orElseThrow().suites()).containsOnlyKeys("next_number", "mmlu_cloze");
            assertThat(made.samples("next_number")).hasSize(10);
            if (!run.equals("base")) {
                assertThat(made.readSteps()).hasSize(12);
                assertThat(made.recipeFile()).exists();
                assertThat(made.checkpoint().resolve("tokenizer.json")).exists();
            }
        }
        String page = Files.readString(out.resolve("report.html"), StandardCharsets.UTF_8);
        assertThat(page).contains("<!doctype html>", "<h1>next-number</h1>").doesNotContain("src=\"http");
        JsonNode comparison =
                Json.MAPPER.readTree(out.resolve("comparison.json").toFile());
        assertThat(comparison.path("pairs")).isNotEmpty();
        try (Stream<Path> sheets = Files.list(out.resolve("sheets"))) {
            assertThat(sheets.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("rater-1", "rater-2");
        }
        for (String file : List.of("rater-2.csv", "rater-2.xlsx", "rater-2.html", "instructions.txt")) {
            assertThat(out.resolve("sheets/rater-2").resolve(file)).isNotEmptyFile();
        }
        assertThat(out.resolve("sheets-key.json")).exists();

        Ended again = tunebench("compare", "experiment.yaml", "--out", "out", "--device", "cpu");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err())
                .contains("already holds an experiment", "--resume")
                .doesNotContain("\tat ");

        Ended chat =
                tunebench("generate", "--model", "out/runs/lora-seed1/checkpoint", "--chat", "The number after 7?");
        assertThat(chat.code()).as(chat.err()).isZero();
        assertThat(chat.out()).isNotBlank();
    }
}
