package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Json;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.core.weights.FloatTensor;

/** A DoRA adapter that PEFT made; the goldens are by src/test/python/dora_adapter.py, which names the versions. */
class DoraTest {
    @TempDir
    Path folder;

    private Path base;
    private Path adapter;

    @BeforeEach
    void writeModels() {
        base = TinyModels.writeTo(folder.resolve("llama-tied"), "llama-tied");
        adapter = TinyModels.writeAdapterTo(folder.resolve("adapter"), TinyModels.DORA);
    }

    @Test
    void scoreAndGenerate_adapter_equalPeft() throws IOException {
        assertEqualsPeft(ModelFolder.open(adapter, folder::resolve));
    }

    @Test
    void floats_mergedIntoAWholeFolder_equalPeft() throws IOException {
        ModelFolder adapted = ModelFolder.open(adapter, folder::resolve);
        List<FloatTensor> merged = adapted.architecture().tensors().stream()
                .map(t -> FloatTensor.of(
                        t.name(),
                        adapted.floats(t.name()),
                        t.shape().stream().mapToLong(Long::longValue).toArray()))
                .toList();
        Path target = folder.resolve("merged");
        CheckpointFolder.writeModel(target, base, merged, new CheckpointFolder.Prompting(null, List.of(1)));
        assertEqualsPeft(ModelFolder.open(target));
    }

    @Test
    void open_adapterThatSaysDoraWithoutMagnitudes_isRefused() throws IOException {
        Path plain = TinyModels.writeAdapterTo(folder.resolve("plain"), TinyModels.ADAPTER);
        Path config = plain.resolve("adapter_config.json");
        Files.writeString(config, Files.readString(config).replace("\"use_dora\": false", "\"use_dora\": true"));
        assertThatThrownBy(() -> ModelFolder.open(plain, folder::resolve))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lora_magnitude_vector [16] is missing");
    }

    private static void assertEqualsPeft(ModelFolder model) throws IOException {
        JsonNode golden;
        try (InputStream in = DoraTest.class.getResourceAsStream("/models/" + TinyModels.DORA + "/golden.json")) {
            golden = Json.MAPPER.readTree(in);
        }
        try (LanguageModel loaded = OnnxLanguageModel.of("dora", model, Device.CPU, new NumberTokenizer(320), null)) {
            for (JsonNode row : golden) {
                int[] prompt = ints(row.path("prompt"));
                int[] greedy = ints(row.path("greedy"));
                assertThat(loaded.generate(List.of(prompt), GenerationOptions.greedy(greedy.length))
                                .get(0)
                                .tokens())
                        .isEqualTo(greedy);
                double[] expected = StreamSupport.stream(row.path("log_probs").spliterator(), false)
                        .skip(prompt.length - 1)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
                assertThat(loaded.score(List.of(new ScoreRequest(prompt, greedy)))
                                .get(0)
                                .tokenLogProbs())
                        .containsExactly(expected, within(1e-4));
            }
        }
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
