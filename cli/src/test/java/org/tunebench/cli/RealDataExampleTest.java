package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.cli.experiment.Experiment;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.SharedData;
import org.tunebench.train.recipe.Recipe;

/** The example on real files, in little: some of Alpaca, of TruthfulQA and of one MMLU subject, from file to report. */
class RealDataExampleTest {
    private static final Path EXAMPLE = Path.of("../examples/real-data");

    @TempDir
    Path folder;

    @Test
    void compare_sliceOfRealFiles_trainsScoresAndReports() throws IOException {
        Path alpaca = SharedData.require("alpaca/alpaca_data.2000.json");
        Path truthfulQa = SharedData.require("truthfulqa/mc_task.json");
        Path mmlu = SharedData.require("mmlu");
        JsonNode records = Json.MAPPER.readTree(alpaca.toFile());
        List<JsonNode> first = new ArrayList<>();
        records.forEach(first::add);
        Json.MAPPER.writeValue(folder.resolve("alpaca.json").toFile(), first.subList(0, 50));
        Files.writeString(folder.resolve("slice.yaml"), """
                name: slice
                method: full
                data:
                  - {path: alpaca.json, format: alpaca}
                template: chatml
                max_length: 512
                packing: true
                optimizer: {learning_rate: 5.0e-4}
                batch_tokens: 2048
                steps: 2
                """);
        Files.writeString(folder.resolve("experiment.yaml"), """
                name: slice
                base: embedded
                recipes: [slice.yaml]
                suites:
                  truthfulqa_mc: {data: %s, limit: 20}
                  mmlu: {data: %s, subjects: [anatomy], shots: 5, limit: 10}
                check: warn  # most records are too long for the bundled model
                """.formatted(truthfulQa, mmlu));
        Path out = folder.resolve("out");

        int code =
                Main.run("compare", folder.resolve("experiment.yaml").toString(), "--out", out.toString(), "--quiet");

        assertThat(code).isEqualTo(Main.DONE);
        for (String run : List.of("base", "slice")) {
            JsonNode suites = read(out.resolve("runs").resolve(run).resolve("results.json"))
                    .get("suites");
            assertThat(suites.at("/truthfulqa_mc/n").asInt()).isEqualTo(20);
            assertThat(suites.at("/mmlu/n").asInt()).isEqualTo(10);
            assertThat(suites.at("/mmlu/groups").fieldNames()).toIterable().containsExactly("anatomy", "stem");
            // five examples and a question are longer than the model's 512 tokens
            assertThat(suites.at("/mmlu/details/truncated").asInt()).isEqualTo(10);
        }
        JsonNode data = read(out.resolve("runs/slice/run.json")).at("/data/0");
        assertThat(data.at("/dropped/too_long").asInt()).isPositive();
        assertThat(data.get("used").asInt() + data.at("/dropped/too_long").asInt())
                .isEqualTo(50);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("truthfulqa_mc", "slice", "10 truncated", "too_long");
    }

    @Test
    void example_itsFiles_areReadable() {
        Experiment experiment = Experiment.read(EXAMPLE.resolve("experiment.yaml"));
        assertThat(experiment.recipes())
                .allSatisfy(r -> assertThat(Recipe.read(r).epochs()).isNotNull());
        assertThat(experiment.suites()).containsOnlyKeys("truthfulqa_mc", "mmlu", "hellaswag");
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.MAPPER.readTree(file.toFile());
    }
}
