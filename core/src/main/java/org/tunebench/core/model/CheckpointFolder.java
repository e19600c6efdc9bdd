package org.tunebench.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.core.weights.NamedTensor;
import org.tunebench.core.weights.SafetensorsWriter;

/**
 * Writes model folders that transformers, PEFT and {@link ModelFolder} open. A folder is there whole or not at all: it is
 * written under a temporary name beside its place, synced and renamed, with complete.json as its last file.
 */
public final class CheckpointFolder {
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private static final String CHAT_TEMPLATE = "chat_template.jinja";
    private static final String GENERATION = "generation_config.json";

    /** What a tokenizer may consist of, besides tokenizer_config.json. */
    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "tokenizer.model");

    private CheckpointFolder() {}

    /**
     * How a checkpoint is prompted and stopped.
     *
     * @param chatTemplate Jinja source; null keeps the source folder's own
     * @param eosIds ids that end a sequence, at least one
     */
    public record Prompting(@Nullable String chatTemplate, List<Integer> eosIds) {
        public Prompting {
            eosIds = List.copyOf(eosIds);
            if (eosIds.isEmpty()) {
                throw new IllegalArgumentException("no end-of-sequence id: the model would never stop");
            }
        }
    }

    /**
     * Writes a whole model in float32.
     *
     * @param target a folder that is not there yet, or is empty
     * @param source a folder with config.json and the tokenizer
     * @param tensors every tensor of the family, by Hugging Face name
     */
    public static void writeModel(Path target, Path source, List<FloatTensor> tensors, Prompting prompting) {
        writeModel(target, source, tensors, prompting, Storage.FLOAT32);
    }

    static void writeModel(Path target, Path source, List<FloatTensor> tensors, Prompting prompting, Storage storage) {
        requireAll(Families.read(source.resolve("config.json")).tensors(), tensors);
        write(target, folder -> {
            writeConfig(folder, source, storage);
            WeightsWriter.write(folder, tensors, storage);
            writePrompting(folder, source, prompting);
        });
    }

    /**
     * Writes a model as it is used: an adapter's change is added to its base's weights. One tensor is in memory at a time.
     *
     * @param target a folder that is not there yet, or is empty
     */
    public static void writeWhole(Path target, ModelFolder model, Storage storage) {
        List<NamedTensor> tensors = model.architecture().tensors().stream()
                .map(spec -> (NamedTensor) new Read(model, spec))
                .toList();
        write(target, folder -> {
            writeConfig(folder, model.basePath(), storage);
            WeightsWriter.write(folder, tensors, storage);
            copy(model.tokenizerPath(), folder, TOKENIZER_FILES);
            copy(model.tokenizerPath(), folder, List.of("tokenizer_config.json", CHAT_TEMPLATE));
            copy(model.basePath(), folder, List.of(GENERATION));
            copy(model.path(), folder, List.of(GENERATION));
        });
    }

    /** A tensor that is read when it is written. */
    private record Read(ModelFolder model, TensorSpec spec) implements NamedTensor {
        @Override
        public String name() {
            return spec.name();
        }

        @Override
        public List<Long> shape() {
            return spec.shape();
        }

        @Override
        public FloatBuffer content() {
            return FloatBuffer.wrap(model.floats(spec.name()));
        }
    }

    private static void writeConfig(Path folder, Path source, Storage storage) throws IOException {
        ObjectNode json = object(source.resolve("config.json"));
        for (String key : List.of("dtype", "torch_dtype")) {
            if (json.has(key)) {
                json.put(key, storage.dtype());
            }
        }
        AtomicFiles.writeJson(folder.resolve("config.json"), json);
    }

    /** Copies those of the files that are there, over any that were copied before; a cache's read-only files can be written. */
    private static void copy(Path source, Path folder, List<String> names) throws IOException {
        for (String name : names) {
            if (Files.isRegularFile(source.resolve(name))) {
                try (InputStream in = Files.newInputStream(source.resolve(name))) {
                    Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /**
     * Writes a LoRA adapter as PEFT does.
     *
     * @param target a folder that is not there yet, or is empty
     * @param tokenizer the folder of the tokenizer, which is copied
     * @param factors named by module, e.g. {@code model.layers.0.self_attn.q_proj.lora_A.weight}
     */
    public static void writeAdapter(
            Path target, Path tokenizer, LoraConfig config, List<FloatTensor> factors, Prompting prompting) {
        List<FloatTensor> named = factors.stream()
                .map(f -> new FloatTensor(LoraAdapter.PREFIX + f.name(), f.shape(), f.content()))
                .toList();
        write(target, folder -> {
            AtomicFiles.writeJson(folder.resolve(LoraAdapter.CONFIG), LoraKeys.json(config));
            SafetensorsWriter.write(folder.resolve(LoraAdapter.WEIGHTS), METADATA, named);
            writePrompting(folder, tokenizer, prompting);
        });
    }

    /**
     * Lets a writer fill a new folder and puts it in the place of what was there, which stays until the new one is whole.
     * What a killed process has left beside it is removed.
     *
     * @param writer one of the writers above, given the folder to write
     */
    public static void replace(Path target, Consumer<Path> writer) {
        Path place = target.toAbsolutePath();
        try {
            discardLeftovers(place);
            Path fresh = temporary(place);
            writer.accept(fresh);
            Path old = temporary(place);
            if (Files.exists(place)) {
                Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
            AtomicFiles.sync(place.resolveSibling(""));
            deleteIfThere(old);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + place, e);
        }
    }

    /** Removes what a killed process has left beside a checkpoint's place. No other process may be writing there. */
    public static void discardLeftovers(Path target) {
        try {
            for (Path left : leftovers(target.toAbsolutePath())) {
                deleteIfThere(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean beside " + target, e);
        }
    }

    private static List<Path> leftovers(Path place) throws IOException {
        Path folder = place.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            return siblings.filter(s -> s.getFileName().toString().startsWith("." + place.getFileName() + "."))
                    .toList();
        }
    }

    private static Path temporary(Path place) {
        String name = place.getFileName().toString();
        return place.resolveSibling((name.startsWith(".") ? name : "." + name) + "." + UUID.randomUUID());
    }

    private static void requireAll(List<TensorSpec> specs, List<FloatTensor> tensors) {
        List<TensorSpec> given = tensors.stream()
                .map(t -> new TensorSpec(t.name(), t.shape()))
                .sorted(Comparator.comparing(TensorSpec::name))
                .toList();
        List<TensorSpec> expected =
                specs.stream().sorted(Comparator.comparing(TensorSpec::name)).toList();
        if (!given.equals(expected)) {
            List<TensorSpec> missing = new ArrayList<>(expected);
            missing.removeAll(given);
            throw new IllegalArgumentException(
                    given.size() + " tensors, expected " + expected.size() + "; missing or misshapen: " + missing);
        }
    }

    private static void writePrompting(Path folder, Path source, Prompting prompting) throws IOException {
        copy(source, folder, TOKENIZER_FILES);
        if (prompting.chatTemplate() == null) {
            copy(source, folder, List.of(CHAT_TEMPLATE));
        }
        ObjectNode tokenizer = object(source.resolve("tokenizer_config.json"));
        if (prompting.chatTemplate() != null) {
            tokenizer.put("chat_template", prompting.chatTemplate());
        }
        AtomicFiles.writeJson(folder.resolve("tokenizer_config.json"), tokenizer);

        ObjectNode generation = object(source.resolve(GENERATION));
        ArrayNode ids = Json.MAPPER.createArrayNode();
        prompting.eosIds().forEach(ids::add);
        generation.set("eos_token_id", ids.size() == 1 ? ids.get(0) : ids);
        AtomicFiles.writeJson(folder.resolve(GENERATION), generation);
    }

    /** The object in a file; an empty one where there is no file. */
    private static ObjectNode object(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Json.MAPPER.createObjectNode();
        }
        JsonNode tree = Json.MAPPER.readTree(Files.readAllBytes(file));
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new InputException("not a JSON object", file.toString(), "Write one object in braces");
    }

    private static void write(Path target, Content content) {
        Path place = target.toAbsolutePath();
        try {
            requireFree(place);
            Path temporary = temporary(place);
            Files.createDirectories(temporary);
            try {
                content.writeTo(temporary);
                CompletionMarker.write(temporary);
                Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
                AtomicFiles.sync(place.resolveSibling(""));
            } finally {
                deleteIfThere(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + place, e);
        }
    }

    private static void requireFree(Path place) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        boolean empty;
        try (Stream<Path> files = Files.isDirectory(place) ? Files.list(place) : Stream.of(place)) {
            empty = files.findAny().isEmpty();
        }
        if (!empty) {
            throw new InputException("is there already", place.toString(), "Give a new folder, or remove this one");
        }
    }

    private static void deleteIfThere(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(Path folder) throws IOException;
    }
}
