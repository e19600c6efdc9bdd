package org.tunebench.core.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.SafetensorsWriter;
import org.tunebench.core.weights.StoredType;

/** The forms in which Hugging Face folders hold the same weights. */
class WeightFilesTest {
    private static final String EMBEDDING = "model.embed_tokens.weight";

    @TempDir
    Path root;

    private Path folder;
    private Path file;
    private Map<String, FloatTensor> tensors;

    @BeforeEach
    void tinyModel() {
        folder = TinyModels.writeTo(root.resolve("tiny"), "llama-tied");
        file = folder.resolve("model.safetensors");
        tensors = new LinkedHashMap<>();
        SafetensorsFile stored = SafetensorsFile.open(file);
        stored.tensors().forEach((name, t) -> tensors.put(name, named(name, stored.floats(name), t.shape())));
    }

    @Test
    void open_namesWithoutTheirFirstPart_areTheSameModel() {
        write(name -> name.replaceFirst("^model\\.", ""));

        assertThatItIsTheSame();
    }

    @Test
    void open_headStoredAlthoughTied_isTheSameModel() {
        put("lm_head.weight", tensors.get(EMBEDDING));
        write(UnaryOperator.identity());

        assertThatItIsTheSame();
    }

    @Test
    void open_headStoredInPlaceOfTheTiedEmbedding_isTheSameModel() {
        write(name -> name.equals(EMBEDDING) ? "lm_head.weight" : name);

        assertThatItIsTheSame();
    }

    @Test
    void open_headThatDiffersFromTheTiedEmbedding_isRefused() {
        FloatTensor embedding = tensors.get(EMBEDDING);
        put("lm_head.weight", named("lm_head.weight", new float[320 * 16], embedding.shape()));
        write(UnaryOperator.identity());

        refused("lm_head.weight differs from model.embed_tokens.weight", "tie_word_embeddings");
    }

    @Test
    void open_buffersThatNoForwardPassNeeds_areIgnored() {
        for (String name : List.of(
                "model.layers.0.self_attn.rotary_emb.inv_freq", "h.0.attn.bias", "transformer.h.1.attn.masked_bias")) {
            put(name, named(name, new float[4], List.of(4L)));
        }
        write(UnaryOperator.identity());

        assertThatItIsTheSame();
    }

    @Test
    void open_severalDifferences_areNamedAtOnce() {
        tensors.remove("model.norm.weight");
        put("model.layers.0.input_layernorm.weight", named("a", new float[8], List.of(8L)));
        put("model.layers.7.extra.weight", named("b", new float[8], List.of(8L)));
        write(UnaryOperator.identity());

        refused(
                "model.layers.0.input_layernorm.weight has shape [8], expected [16]",
                "tensor model.norm.weight [16] is missing",
                "a llama of this size has not: model.layers.7.extra.weight");
    }

    @Test
    void open_tensorOfIntegers_isRefused() throws IOException {
        String text = Files.readString(file, ISO_8859_1);
        Files.writeString(file, text.replaceFirst("\"F32\"", "\"I32\""), ISO_8859_1);

        refused("is I32, expected F32, F16 or BF16");
    }

    @Test
    void open_pickledWeights_saysHowToConvertThem() throws IOException {
        Files.move(file, folder.resolve("pytorch_model.bin"));

        refused("neither model.safetensors", "save_pretrained it as safetensors");
    }

    @Test
    void open_shardsBehindSymbolicLinks_areFoundAndTheirRootIsReal() throws IOException {
        CheckpointFolder.writeModel(
                root.resolve("sharded"),
                folder,
                List.copyOf(tensors.values()),
                new CheckpointFolder.Prompting(null, List.of(1)),
                new Storage(StoredType.F32, 8_000));
        Path blobs = Files.createDirectories(root.resolve("hub/blobs"));
        Path snapshot = Files.createDirectories(root.resolve("hub/snapshots/0123"));
        List<Path> files = new ArrayList<>();
        try (var stream = Files.list(root.resolve("sharded"))) {
            stream.forEach(files::add);
        }
        for (Path each : files) {
            Path blob = Files.move(
                    each, blobs.resolve("sha-" + each.getFileName().toString().hashCode()));
            Files.createSymbolicLink(
                    snapshot.resolve(each.getFileName()), Path.of("../../blobs").resolve(blob.getFileName()));
        }
        Files.writeString(snapshot.resolve("README.md"), "extra files are of no concern");
        folder = snapshot;

        assertThatItIsTheSame();
        assertThat(ModelFolder.open(snapshot).weightsRoot()).isEqualTo(blobs.toRealPath());
    }

    private void put(String name, FloatTensor like) {
        tensors.put(name, new FloatTensor(name, like.shape(), like.content().duplicate()));
    }

    private void write(UnaryOperator<String> name) {
        SafetensorsWriter.write(
                file,
                Map.of(),
                tensors.values().stream()
                        .map(t -> new FloatTensor(name.apply(t.name()), t.shape(), t.content()))
                        .toList());
    }

    private void assertThatItIsTheSame() {
        ModelFolder whole = ModelFolder.open(TinyModels.writeTo(root.resolve("whole"), "llama-tied"));
        ModelFolder model = ModelFolder.open(folder);
        assertThat(model.tensors()).hasSize(whole.tensors().size());
        for (String name : whole.tensors().keySet()) {
            assertThat(model.floats(name)).as(name).containsExactly(whole.floats(name));
        }
    }

    private void refused(String... messages) {
        assertThatThrownBy(() -> ModelFolder.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(messages);
    }

    private static FloatTensor named(String name, float[] content, List<Long> shape) {
        return FloatTensor.of(
                name, content, shape.stream().mapToLong(Long::longValue).toArray());
    }
}
