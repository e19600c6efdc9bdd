package org.tunebench.core.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.input.InputException;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.StoredTensor;

/**
 * A Hugging Face model folder: config.json, safetensors, tokenizer and generation settings, checked against each other
 * when it is opened. A PEFT adapter folder is one too: its base model with the adapter on top.
 */
public final class ModelFolder {
    private final Path path;
    private final Path basePath;
    private final Architecture architecture;
    private final Map<String, StoredTensor> tensors;
    private final Optional<LoraAdapter> adapter;

    private ModelFolder(
            Path path,
            Path basePath,
            Architecture architecture,
            Map<String, StoredTensor> tensors,
            Optional<LoraAdapter> adapter) {
        this.path = path;
        this.basePath = basePath;
        this.architecture = architecture;
        this.tensors = tensors;
        this.adapter = adapter;
    }

    /**
     * Opens a folder. The base model of an adapter is looked for where adapter_config.json says, as a path.
     *
     * @throws InputException for anything missing, malformed, unsupported or not matching
     */
    public static ModelFolder open(Path folder) {
        return open(folder, Path::of);
    }

    /**
     * Opens a folder.
     *
     * @param bases from {@code base_model_name_or_path} of an adapter to the base model's folder
     */
    public static ModelFolder open(Path folder, Function<String, Path> bases) {
        requireFolder(folder);
        CompletionMarker.require(folder);
        if (!LoraAdapter.isIn(folder)) {
            return whole(folder);
        }
        LoraConfig lora = LoraKeys.read(folder.resolve(LoraAdapter.CONFIG));
        Path baseFolder = baseOf(folder, lora, bases);
        ModelFolder base = whole(baseFolder);
        LoraAdapter adapter = LoraAdapter.read(folder, lora, base.architecture.linearModules());
        return new ModelFolder(folder, baseFolder, base.architecture, base.tensors, Optional.of(adapter));
    }

    static Path baseOf(Path adapter, LoraConfig lora, Function<String, Path> bases) {
        Path base = bases.apply(lora.base());
        if (!Files.isDirectory(base)) {
            throw new InputException(
                    "no folder " + base + ", the adapter's base model",
                    adapter.resolve(LoraAdapter.CONFIG).toString(),
                    "Correct base_model_name_or_path there");
        }
        return base;
    }

    private static ModelFolder whole(Path folder) {
        Architecture architecture = Families.read(requireFile(folder, "config.json"));
        Map<String, StoredTensor> tensors = WeightFiles.open(folder).of(architecture, folder);
        requireFile(folder, "tokenizer.json");
        return new ModelFolder(folder, folder, architecture, tensors, Optional.empty());
    }

    public Path path() {
        return path;
    }

    /** The folder with config.json: this one, or the base model's of an adapter. */
    public Path basePath() {
        return basePath;
    }

    /** The folder with tokenizer.json: this one, or for an adapter without one its base model's. */
    public Path tokenizerPath() {
        return Files.isRegularFile(path.resolve("tokenizer.json")) ? path : basePath;
    }

    /** The folder's own name. */
    public String name() {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    public ModelConfig config() {
        return architecture.config();
    }

    /** The forward pass and its parameters. */
    public Architecture architecture() {
        return architecture;
    }

    public Optional<LoraAdapter> adapter() {
        return adapter;
    }

    /** Where each tensor of the (base) model lies. */
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /** A tensor's content, row-major; an adapter's change is added. */
    public float[] floats(String name) {
        float[] floats = SafetensorsFile.floats(tensor(name));
        adapter.ifPresent(a -> architecture.linearModules().stream()
                .filter(m -> m.weight().equals(name))
                .forEach(m -> a.mergeInto(m, floats)));
        return floats;
    }

    private StoredTensor tensor(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name + " in " + path);
        }
        return tensor;
    }

    /** Parameters of the model, without an adapter's. */
    public long parameters() {
        return architecture.tensors().stream().mapToLong(TensorSpec::elements).sum();
    }

    /** Ids that end a sequence: generation_config.json's where it names any, else config.json's. */
    public List<Integer> eosIds() {
        for (Path folder : List.of(path, basePath)) {
            Path file = folder.resolve("generation_config.json");
            List<Integer> ids =
                    Files.isRegularFile(file) ? ConfigKeys.open(file).ids("eos_token_id") : List.of();
            if (!ids.isEmpty()) {
                return ids;
            }
        }
        return architecture.config().eosIds();
    }

    /** The weights as they are used: in their files, the adapter on top where there is one. */
    public Weights weights(GraphBuilder b) {
        Weights stored = new StoredWeights(b, tensors, weightsRoot());
        return adapter.map(a ->
                        a.over(stored, architecture.linearModules(), name -> SafetensorsFile.floats(tensor(name)), b))
                .orElse(stored);
    }

    /** The real folder the files of {@link #weights} lie under. */
    public Path weightsRoot() {
        return StoredWeights.root(tensors.values());
    }

    /** SHA-256 of config, weights, tokenizer and adapter, by file name, for provenance. */
    public Map<String, String> hashes() {
        return FolderHashes.of(this);
    }

    static Path requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("no such folder", "model folder " + folder, "Give a Hugging Face model folder");
        }
        return folder;
    }

    static Path requireFile(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new InputException("no " + name, "model folder " + folder, "Give a whole Hugging Face model folder");
        }
        return file;
    }
}
