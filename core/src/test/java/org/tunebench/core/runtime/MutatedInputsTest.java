package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.MutationRun;
import org.tunebench.core.testing.Mutations;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.core.text.jinja.JinjaTemplate;
import org.tunebench.core.weights.SafetensorsFile;

/** Damaged model folders and templates: how many, and how a failure is run again, says {@link MutationRun}. */
class MutatedInputsTest {
    private static final double LARGEST_WEIGHTS = 8e9;

    @TempDir
    Path root;

    private final List<Path> folders = new ArrayList<>();

    @BeforeEach
    void writeModels() {
        for (String name : TinyModels.NAMES) {
            folders.add(TinyModels.writeTo(root.resolve(name), name));
        }
    }

    @Test
    void open_mutatedSafetensors_opensAndReadsOrIsRefused() throws IOException {
        List<byte[]> wholes = wholes("model.safetensors");

        int refused = MutationRun.percentRefused(random -> {
            int model = random.nextInt(folders.size());
            Path file = folders.get(model).resolve("model.safetensors");
            Files.write(file, Mutations.ofSafetensors(wholes.get(model), random));
            SafetensorsFile weights = SafetensorsFile.open(file);
            for (String tensor : weights.tensors().keySet()) {
                weights.floats(tensor);
            }
            ScoreProgram.of(ModelFolder.open(folders.get(model)));
        });

        assertThat(refused).isBetween(50, 99);
    }

    @Test
    void open_mutatedConfig_buildsTheModelOrIsRefused() throws IOException {
        List<byte[]> wholes = wholes("config.json");

        int refused = MutationRun.percentRefused(random -> {
            int model = random.nextInt(folders.size());
            Path folder = folders.get(model);
            Files.write(folder.resolve("config.json"), Mutations.ofJson(wholes.get(model), random));
            List<TensorSpec> tensors =
                    Families.read(folder.resolve("config.json")).tensors();
            if (tensors.stream().mapToDouble(TensorSpec::elements).sum() < LARGEST_WEIGHTS) {
                writeHollowWeights(folder.resolve("model.safetensors"), tensors);
                ScoreProgram.of(ModelFolder.open(folder));
            }
        });

        assertThat(refused).isBetween(30, 95);
    }

    @Test
    void render_mutatedTemplates_isTextOrIsRefused() throws IOException {
        List<String> sources = templates();
        List<Map<String, Object>> conversations = conversations();

        int refused = MutationRun.percentRefused(random -> {
            String source = Mutations.ofTemplates(sources, random);
            JinjaTemplate.compile("mutated", source).render(conversations.get(random.nextInt(conversations.size())));
        });

        assertThat(refused).isBetween(30, 95);
    }

    @Test
    void open_mutatedTokenizer_readsAndEncodesOrIsRefused() throws IOException {
        Path folder = folders.get(0);
        List<String> names = List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json");
        Map<String, byte[]> wholes = new LinkedHashMap<>();
        for (String name : names) {
            wholes.put(name, Files.readAllBytes(folder.resolve(name)));
        }

        int refused = MutationRun.percentRefusedOfFew(random -> {
            for (String name : names) {
                Files.write(folder.resolve(name), wholes.get(name));
            }
            String name = names.get(random.nextInt(names.size()));
            Files.write(folder.resolve(name), Mutations.ofJson(wholes.get(name), random));
            ModelFolder.open(folder).eosIds();
            ChatTemplates.of(folder, Tokenizers.load(folder));
            Tokenizers.load(folder).encodeWithOffsets("the cat 😀");
        });

        assertThat(refused).isBetween(20, 95);
    }

    /** Weights of the right shapes whose content is a hole in the file, which takes no space. */
    private static void writeHollowWeights(Path file, List<TensorSpec> tensors) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        long end = 0;
        for (TensorSpec tensor : tensors) {
            long begin = end;
            end += 2 * tensor.elements();
            header.put(
                    tensor.name(),
                    Map.of("dtype", "F16", "shape", tensor.shape(), "data_offsets", List.of(begin, end)));
        }
        byte[] json = Json.text(header, false).getBytes(StandardCharsets.UTF_8);
        ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
        try (RandomAccessFile hollow = new RandomAccessFile(file.toFile(), "rw")) {
            hollow.setLength(0);
            hollow.write(size.array());
            hollow.write(json);
            hollow.setLength(8 + json.length + end);
        }
    }

    private List<byte[]> wholes(String file) throws IOException {
        List<byte[]> wholes = new ArrayList<>();
        for (Path folder : folders) {
            wholes.add(Files.readAllBytes(folder.resolve(file)));
        }
        return wholes;
    }

    /** The built-in templates and the 88 real ones. */
    private static List<String> templates() throws IOException {
        List<String> sources = new ArrayList<>();
        ChatTemplates.names()
                .forEach(name -> sources.add(ChatTemplates.named(name).source()));
        try (Stream<Path> files = Files.walk(SharedData.require("chat_templates"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jinja")).sorted().toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    private static List<Map<String, Object>> conversations() throws IOException {
        try (InputStream in = JinjaTemplate.class.getResourceAsStream("conversations.json")) {
            return List.copyOf(Json.MAPPER
                    .readValue(in, new TypeReference<LinkedHashMap<String, Map<String, Object>>>() {})
                    .values());
        }
    }
}
