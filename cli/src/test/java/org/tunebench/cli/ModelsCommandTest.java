package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.LoraConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Json;
import org.tunebench.core.weights.FloatTensor;

class ModelsCommandTest {
    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @Test
    void inspect_wholeModel_saysWhatItHolds() {
        Ended ended = run("models", "inspect", "embedded");

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("family         llama\n")
                .contains("context        512 tokens\n")
                .contains("stored as      F32, 1 file, head tied to the embedding\n")
                .contains("vocabulary     2560 embeddings, tokenizer 2560 ids\n")
                .contains("generation stops at [2553 ")
                .contains("1 × 512 tokens at once")
                .containsPattern("LoRA r 8 +[0-9,]+ MiB");
    }

    @Test
    void inspect_json_holdsTheSameAsNumbers() throws IOException {
        Ended ended = run("models", "inspect", "embedded", "--json", "--batch", "4", "--length", "128");

        JsonNode json = Json.MAPPER.readTree(ended.out());
        long parameters = ModelFolder.open(EmbeddedData.open().baseModel()).parameters();
        assertThat(json.path("parameters").asLong()).isEqualTo(parameters);
        assertThat(json.path("stored_as").path("F32").asInt()).isPositive();
        assertThat(json.path("memory").path("batch").asInt()).isEqualTo(4);
        assertThat(json.path("memory").path("bytes").path("full_fine_tuning").asLong())
                .isGreaterThan(parameters * 4 * 6);
    }

    @Test
    void inspect_folderThatCannotBeUsed_namesEverythingAtOnce() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        copyModel(model);
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\\{", "{\"sliding_window\": 8, \"rope_scaling\": {\"rope_type\": \"yarn\"},"));
        Files.delete(model.resolve("tokenizer.json"));

        Ended text = run("models", "inspect", model.toString());
        Ended json = run("models", "inspect", model.toString(), "--json");

        assertThat(text.code()).isEqualTo(2);
        assertThat(text.out()).isEmpty();
        assertThat(text.err())
                .contains("unsupported key sliding_window", "unknown rope_type 'yarn'", "no tokenizer.json");
        assertThat(json.code()).isEqualTo(2);
        assertThat(Json.MAPPER.readTree(json.out()).path("problems")).hasSize(2);
    }

    @Test
    void merge_adapter_isAWholeModelOfTheSameWeights() {
        Path adapter = folder.resolve("adapter");
        ModelFolder base = ModelFolder.open(EmbeddedData.open().baseModel());
        LinearModule module = base.architecture().linearModules().get(0);
        float[] a = new float[(int) module.in()];
        float[] b = new float[(int) module.out()];
        a[1] = 1;
        b[2] = 0.5f;
        List<FloatTensor> factors = new ArrayList<>();
        factors.add(FloatTensor.of(module.name() + ".lora_A.weight", a, 1, module.in()));
        factors.add(FloatTensor.of(module.name() + ".lora_B.weight", b, module.out(), 1));
        CheckpointFolder.writeAdapter(
                adapter,
                base.path(),
                new LoraConfig("embedded", 1, 4, false, 0, List.of(module.lastPart()), false, false),
                factors,
                new CheckpointFolder.Prompting("{{ messages }}", List.of(7)));

        Ended inspected = run("models", "inspect", adapter.toString());
        Ended merged = run(
                "models",
                "merge",
                adapter.toString(),
                "--out",
                folder.resolve("merged").toString());

        assertThat(inspected.out()).contains("LoRA of rank 1, scale 4.0, 256 parameters on q_proj; base ");
        assertThat(merged.code()).isZero();
        assertThat(merged.out()).isEqualTo(folder.resolve("merged") + "\n");
        ModelFolder whole = ModelFolder.open(folder.resolve("merged"));
        float[] expected = base.floats(module.weight());
        expected[2 * (int) module.in() + 1] += 2;
        assertThat(whole.floats(module.weight())).containsExactly(expected);
        assertThat(whole.eosIds()).containsExactly(7);
        assertThat(run("models", "inspect", whole.path().toString()).out()).contains("the folder's own");
    }

    private static Ended run(String... arguments) {
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run(arguments);
            return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
        }
    }

    private static void copyModel(Path target) throws IOException {
        try (Stream<Path> files = Files.list(EmbeddedData.open().baseModel())) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }
}
