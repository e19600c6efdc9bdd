package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.SafetensorsWriter;

class ModelFolderTest {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void tinyModel() {
        folder = TinyModels.writeTo(root.resolve("tiny"), "llama-tied");
    }

    @Test
    void open_wholeFolder_knowsItsModel() {
        ModelFolder model = ModelFolder.open(folder);

        assertThat(model.name()).isEqualTo("tiny");
        assertThat(model.config().layers()).isEqualTo(2);
        assertThat(model.eosIds()).containsExactly(1);
        assertThat(model.parameters()).isEqualTo(320 * 16 + 2 * (2 * 16 + 2 * 16 * 16 + 2 * 8 * 16 + 3 * 24 * 16) + 16);
        assertThat(model.hashes().keySet())
                .containsExactly(
                        "config.json",
                        "generation_config.json",
                        "model.safetensors",
                        "tokenizer.json",
                        "tokenizer_config.json");
        assertThat(model.hashes().get("model.safetensors")).matches("[0-9a-f]{64}");
    }

    @Test
    void eosIds_listInGenerationConfig_comesBeforeConfig() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [5, 6]}");

        assertThat(ModelFolder.open(folder).eosIds()).containsExactly(5, 6);
    }

    @Test
    void open_missingParts_areNamed() throws IOException {
        refused(root.resolve("nowhere"), "no such folder");
        for (String file : List.of("tokenizer.json", "model.safetensors", "config.json")) {
            Files.delete(folder.resolve(file));
            refused(folder, file);
        }
    }

    @Test
    void open_weightsThatDoNotMatchTheConfig_saysExpectedAndFound() throws IOException {
        change("vocab_size", 321);
        refused(folder, "tensor model.embed_tokens.weight has shape [320, 16], expected [321, 16]");
        change("vocab_size", 320);
        change("num_hidden_layers", 3);
        refused(folder, "tensor model.layers.2.input_layernorm.weight [16] is missing");
        change("num_hidden_layers", 1);
        refused(folder, "tensors that a llama of this size has not: model.layers.1.input_layernorm.weight");
    }

    @Test
    void open_shardsWithAnIndex_areOneModel() throws IOException {
        SafetensorsFile whole = SafetensorsFile.open(folder.resolve("model.safetensors"));
        Map<String, String> shardOf = new LinkedHashMap<>();
        List<List<FloatTensor>> shards = List.of(new ArrayList<>(), new ArrayList<>());
        whole.tensors().forEach((name, t) -> {
            int shard = shardOf.size() % 2;
            shards.get(shard).add(FloatTensor.of(name, whole.floats(name), longs(t.shape())));
            shardOf.put(name, "model-" + shard + ".safetensors");
        });
        float[] expected = whole.floats("model.norm.weight");
        Files.delete(folder.resolve("model.safetensors"));
        for (int i = 0; i < 2; i++) {
            SafetensorsWriter.write(folder.resolve("model-" + i + ".safetensors"), Map.of(), shards.get(i));
        }
        Json.MAPPER.writeValue(folder.resolve("model.safetensors.index.json").toFile(), Map.of("weight_map", shardOf));

        assertThat(ModelFolder.open(folder).floats("model.norm.weight")).containsExactly(expected);

        Files.delete(folder.resolve("model-1.safetensors"));
        refused(folder, "shard model-1.safetensors of tensor");
    }

    @Test
    void open_indexThatLeavesTheFolder_isRefused() throws IOException {
        Files.move(folder.resolve("model.safetensors"), root.resolve("outside.safetensors"));
        Json.MAPPER.writeValue(
                folder.resolve("model.safetensors.index.json").toFile(),
                Map.of("weight_map", Map.of("model.norm.weight", "../outside.safetensors")));

        refused(folder, "shard ../outside.safetensors");
    }

    @Test
    void weightsRoot_symbolicLinksAsInACache_isTheRealFolder() throws IOException {
        Path blobs = Files.createDirectory(root.resolve("blobs"));
        Files.move(folder.resolve("model.safetensors"), blobs.resolve("abc"));
        Files.createSymbolicLink(folder.resolve("model.safetensors"), Path.of("../blobs/abc"));

        assertThat(ModelFolder.open(folder).weightsRoot()).isEqualTo(blobs.toRealPath());
    }

    private void change(String key, int value) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(file.toFile());
        Json.MAPPER.writeValue(file.toFile(), json.put(key, value));
    }

    private static void refused(Path folder, String message) {
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(message);
    }

    private static long[] longs(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
