package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.CheckpointFolder.Prompting;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.core.weights.StoredType;

class CheckpointFolderTest {
    private static final Prompting PROMPTING = new Prompting("{{ messages }}", List.of(1, 280));

    @TempDir
    Path root;

    private Path base;
    private Path target;

    @BeforeEach
    void tinyModel() {
        base = TinyModels.writeTo(root.resolve("base"), "llama-tied");
        target = root.resolve("runs/checkpoint");
    }

    @Test
    void writeModel_changedTensors_opensWithThemAndTheNewTemplate() throws IOException {
        List<FloatTensor> tensors = tensors();
        float[] norm = new float[16];
        tensors.set(tensors.size() - 1, FloatTensor.of("model.norm.weight", norm, 16));

        CheckpointFolder.writeModel(target, base, tensors, PROMPTING);

        ModelFolder saved = ModelFolder.open(target);
        assertThat(saved.floats("model.norm.weight")).containsExactly(norm);
        assertThat(saved.floats("model.embed_tokens.weight"))
                .containsExactly(ModelFolder.open(base).floats("model.embed_tokens.weight"));
        assertThat(saved.eosIds()).containsExactly(1, 280);
        assertThat(saved.config()).isEqualTo(ModelFolder.open(base).config());
        assertThat(json("tokenizer_config.json").path("chat_template").asText()).isEqualTo("{{ messages }}");
        assertThat(json("config.json").path("dtype").asText()).isEqualTo("float32");
        assertThat(target.resolve("tokenizer.json")).hasSameBinaryContentAs(base.resolve("tokenizer.json"));
        assertThat(siblings()).containsExactly("checkpoint");
    }

    @Test
    void writeModel_folderThatHoldsSomething_isLeftAsItWas() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> CheckpointFolder.writeModel(target, base, tensors(), PROMPTING))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is there already");
        assertThat(target.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void writeModel_tensorMissing_writesNothing() {
        List<FloatTensor> tensors = tensors().subList(1, 3);

        assertThatThrownBy(() -> CheckpointFolder.writeModel(target, base, tensors, PROMPTING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("model.embed_tokens.weight");
        assertThat(target).doesNotExist();
    }

    @Test
    void writeModel_sourceThatBreaksHalfway_leavesNothingBehind() throws IOException {
        Files.writeString(base.resolve("tokenizer_config.json"), "[]");

        assertThatThrownBy(() -> CheckpointFolder.writeModel(target, base, tensors(), PROMPTING))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer_config.json");
        assertThat(siblings()).isEmpty();
    }

    @Test
    void replace_writerThatBreaksHalfway_leavesTheOldOneAsItWas() throws IOException {
        CheckpointFolder.writeModel(target, base, tensors(), PROMPTING);
        Files.createDirectories(target.resolveSibling(".checkpoint.of-a-killed-process"));

        assertThatThrownBy(() -> CheckpointFolder.replace(target, fresh -> {
                    CheckpointFolder.writeModel(fresh, base, tensors(), PROMPTING);
                    throw new IllegalStateException("no space left");
                }))
                .hasMessage("no space left");
        assertThat(ModelFolder.open(target).floats("model.norm.weight")).hasSize(16);

        CheckpointFolder.replace(target, fresh -> {
            List<FloatTensor> tensors = tensors();
            tensors.set(tensors.size() - 1, FloatTensor.of("model.norm.weight", new float[16], 16));
            CheckpointFolder.writeModel(fresh, base, tensors, PROMPTING);
        });
        assertThat(ModelFolder.open(target).floats("model.norm.weight")).containsOnly(0f);
        assertThat(siblings()).containsExactly("checkpoint");
    }

    @Test
    void open_checkpointThatLacksAFileOfItsMarker_isRefused() throws IOException {
        CheckpointFolder.writeModel(target, base, tensors(), PROMPTING);
        Files.delete(target.resolve("generation_config.json"));

        assertThatThrownBy(() -> ModelFolder.open(target))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not whole: generation_config.json is missing");
    }

    @Test
    void writeAdapter_thenOpen_isTheBaseWithTheAdapter() {
        LoraConfig config = new LoraConfig(base.toString(), 2, 4, false, 0.1, List.of("q_proj"), false, false);
        String module = "model.layers.1.self_attn.q_proj";
        List<FloatTensor> factors = List.of(
                FloatTensor.of(module + ".lora_A.weight", filled(2 * 16, 0.5f), 2, 16),
                FloatTensor.of(module + ".lora_B.weight", filled(16 * 2, 0.25f), 16, 2));

        CheckpointFolder.writeAdapter(target, base, config, factors, PROMPTING);

        ModelFolder saved = ModelFolder.open(target);
        assertThat(saved.adapter().orElseThrow().config()).isEqualTo(config);
        assertThat(saved.tokenizerPath()).isEqualTo(target);
        assertThat(saved.eosIds()).containsExactly(1, 280);
        float[] merged = ModelFolder.open(base).floats(module + ".weight");
        for (int i = 0; i < merged.length; i++) {
            merged[i] += 0.5f; // scale 2 · (2 ranks · 0.5 · 0.25)
        }
        assertThat(saved.floats(module + ".weight")).containsExactly(merged);
        assertThat(saved.hashes()).containsKeys("adapter_model.safetensors", "base/model.safetensors");
    }

    @Test
    void writeModel_largerThanAShard_isShardsWithAnIndex() throws IOException {
        CheckpointFolder.writeModel(target, base, tensors(), PROMPTING, new Storage(StoredType.F32, 30_000));

        assertThat(target.resolve("model.safetensors")).doesNotExist();
        assertThat(target.resolve("model-00001-of-00002.safetensors")).isRegularFile();
        JsonNode index = json("model.safetensors.index.json");
        long parameters = ModelFolder.open(base).parameters();
        assertThat(index.path("metadata").path("total_size").asLong()).isEqualTo(4 * parameters);
        assertThat(index.path("weight_map").path("model.norm.weight").asText())
                .isEqualTo("model-00002-of-00002.safetensors");
        assertThat(ModelFolder.open(target).floats("model.norm.weight"))
                .containsExactly(ModelFolder.open(base).floats("model.norm.weight"));
    }

    @Test
    void writeWhole_adapter_isTheBaseWithItsChange() throws IOException {
        Path folder = TinyModels.writeAdapterTo(root.resolve("adapter"));
        ModelFolder adapter = ModelFolder.open(folder, name -> base);

        CheckpointFolder.writeWhole(target, adapter, Storage.FLOAT32);

        ModelFolder merged = ModelFolder.open(target);
        assertThat(merged.adapter()).isEmpty();
        assertThat(merged.eosIds()).isEqualTo(adapter.eosIds());
        assertThat(target.resolve("tokenizer.json")).hasSameBinaryContentAs(base.resolve("tokenizer.json"));
        String changed = "model.layers.0.self_attn.q_proj.weight";
        assertThat(merged.floats(changed)).containsExactly(adapter.floats(changed));
        assertThat(merged.floats(changed)).isNotEqualTo(ModelFolder.open(base).floats(changed));
    }

    @Test
    void writeWhole_bfloat16_isHalfTheSizeAndRoundedToNearest() throws IOException {
        CheckpointFolder.writeWhole(target, ModelFolder.open(base), Storage.of("bfloat16", "here"));

        ModelFolder saved = ModelFolder.open(target);
        assertThat(json("config.json").path("dtype").asText()).isEqualTo("bfloat16");
        assertThat(Files.size(target.resolve("model.safetensors")))
                .isLessThan(Files.size(base.resolve("model.safetensors")) * 6 / 10);
        float[] exact = ModelFolder.open(base).floats("model.embed_tokens.weight");
        float[] rounded = saved.floats("model.embed_tokens.weight");
        for (int i = 0; i < exact.length; i++) {
            assertThat(Math.abs(rounded[i] - exact[i])).isLessThanOrEqualTo(Math.ulp(exact[i]) * 0x1p15f);
        }
    }

    @Test
    void writeWhole_adapterOfAnotherBase_isRefused() {
        Path folder = TinyModels.writeAdapterTo(root.resolve("adapter"));
        Path other = TinyModels.writeTo(root.resolve("other"), "llama3-scaled");

        assertThatThrownBy(() -> ModelFolder.open(folder, name -> other))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("adapter_model.safetensors")
                .hasMessageContaining("Use the adapter with the base model it was trained on");
    }

    @Test
    void open_adapterWithoutItsBase_saysWhereToCorrectIt() {
        LoraConfig config = new LoraConfig("gone", 1, 1, false, 0, List.of("q_proj"), false, false);
        CheckpointFolder.writeAdapter(target, base, config, List.of(), PROMPTING);

        assertThatThrownBy(() -> ModelFolder.open(target))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no folder gone")
                .hasMessageContaining("base_model_name_or_path");
    }

    @Test
    void open_adapterOfAnotherShape_isRefused() {
        LoraConfig config = new LoraConfig(base.toString(), 2, 4, false, 0, List.of("q_proj"), false, false);
        List<FloatTensor> factors =
                List.of(FloatTensor.of("model.layers.0.self_attn.q_proj.lora_A.weight", new float[16], 1, 16));
        CheckpointFolder.writeAdapter(target, base, config, factors, PROMPTING);

        assertThatThrownBy(() -> ModelFolder.open(target))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lora_A.weight has shape [1, 16], expected [2, 16]");
    }

    @Test
    void open_adapterSettingThatIsNotPlainLora_isRefusedByName() throws IOException {
        LoraConfig config = new LoraConfig(base.toString(), 2, 4, false, 0, List.of("q_proj"), false, false);
        CheckpointFolder.writeAdapter(target, base, config, List.of(), PROMPTING);
        Path file = target.resolve("adapter_config.json");
        Files.writeString(file, Files.readString(file).replace("\"bias\" : \"none\"", "\"bias\" : \"all\""));

        assertThatThrownBy(() -> ModelFolder.open(target))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bias is");
    }

    private List<FloatTensor> tensors() {
        ModelFolder model = ModelFolder.open(base);
        List<FloatTensor> tensors = new ArrayList<>();
        for (TensorSpec spec : model.architecture().tensors()) {
            tensors.add(new FloatTensor(spec.name(), spec.shape(), FloatBuffer.wrap(model.floats(spec.name()))));
        }
        return tensors;
    }

    private static float[] filled(int length, float value) {
        float[] floats = new float[length];
        Arrays.fill(floats, value);
        return floats;
    }

    private JsonNode json(String name) throws IOException {
        return Json.MAPPER.readTree(target.resolve(name).toFile());
    }

    private List<String> siblings() throws IOException {
        try (Stream<Path> files = Files.list(target.getParent())) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
