package org.tunebench.core.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.tunebench.core.input.InputException;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.StoredTensor;

/** The safetensors of a model folder, one file or shards listed in an index, as the family's parameters. */
final class WeightFiles {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private static final String HEAD = "lm_head.weight";

    /** Buffers that older checkpoints hold beside their parameters: rotary frequencies, causal masks. */
    private static final Pattern BUFFER = Pattern.compile("(.*\\.)?(rotary_emb\\.inv_freq|attn\\.(bias|masked_bias))");

    private final Map<String, StoredTensor> tensors;

    private WeightFiles(Map<String, StoredTensor> tensors) {
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    static WeightFiles open(Path folder) {
        if (Files.isRegularFile(folder.resolve(SINGLE))) {
            return new WeightFiles(SafetensorsFile.open(folder.resolve(SINGLE)).tensors());
        }
        Path index = folder.resolve(INDEX);
        if (!Files.isRegularFile(index)) {
            boolean pickled = Files.isRegularFile(folder.resolve("pytorch_model.bin"))
                    || Files.isRegularFile(folder.resolve("pytorch_model.bin.index.json"));
            throw new InputException(
                    "neither " + SINGLE + " nor " + INDEX,
                    "model folder " + folder,
                    pickled
                            ? "Its pytorch_model.bin can run code when it is read: load it with transformers and"
                                    + " save_pretrained it as safetensors"
                            : "Give a Hugging Face folder with safetensors weights");
        }
        return new WeightFiles(sharded(folder, index));
    }

    private static Map<String, StoredTensor> sharded(Path folder, Path index) {
        Map<String, String> shardOf = ConfigKeys.open(index).stringMap("weight_map");
        Map<String, SafetensorsFile> shards = new HashMap<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        shardOf.forEach((name, shard) -> {
            if (!shard.matches("[\\w.-]+") || !Files.isRegularFile(folder.resolve(shard))) {
                throw new InputException(
                        "shard " + shard + " of tensor " + name + " is missing",
                        index.toString(),
                        "Get every file that the index lists");
            }
            SafetensorsFile file = shards.computeIfAbsent(shard, s -> SafetensorsFile.open(folder.resolve(s)));
            StoredTensor tensor = file.tensors().get(name);
            if (tensor == null) {
                throw new InputException(
                        "tensor " + name + " is missing",
                        folder.resolve(shard).toString(),
                        "The index says it is there; get both again");
            }
            tensors.put(name, tensor);
        });
        return tensors;
    }

    /**
     * The weights by the names a family gives them. As transformers does, it takes names without their first part
     * ({@code wte.weight} for {@code transformer.wte.weight}, as a model without its head is saved), a head that is stored
     * although it is tied (or alone of the two), and buffers that no forward pass needs.
     *
     * @return every parameter of the configuration, and nothing else
     * @throws InputException naming what is missing, of another shape or type, or surplus
     */
    Map<String, StoredTensor> of(Architecture architecture, Path folder) {
        Set<String> surplus = new TreeSet<>(tensors.keySet());
        surplus.removeIf(BUFFER.asMatchPredicate());
        List<String> differences = new ArrayList<>();
        Map<String, StoredTensor> found = new LinkedHashMap<>();
        List<TensorSpec> specs = architecture.tensors();
        ModelConfig config = architecture.config();
        for (TensorSpec spec : specs) {
            String name = storedName(spec.name());
            if (spec == specs.get(0) && config.tiedEmbeddings() && !tensors.containsKey(name)) {
                name = HEAD;
            }
            surplus.remove(name);
            StoredTensor tensor = tensors.get(name);
            if (tensor == null) {
                differences.add("tensor " + spec.name() + " " + spec.shape() + " is missing");
            } else if (!tensor.shape().equals(spec.shape())) {
                differences.add(
                        "tensor " + spec.name() + " has shape " + tensor.shape() + ", expected " + spec.shape());
            } else if (!tensor.type().weights()) {
                differences.add("tensor " + spec.name() + " is " + tensor.type() + ", expected F32, F16 or BF16");
            } else {
                found.put(spec.name(), tensor);
            }
        }
        if (differences.isEmpty() && config.tiedEmbeddings() && surplus.remove(HEAD)) {
            requireTied(specs.get(0), found, folder);
        }
        if (!surplus.isEmpty()) {
            differences.add("tensors that a " + config.modelType() + " of this size has not: "
                    + first(List.copyOf(surplus), ", "));
        }
        if (!differences.isEmpty()) {
            throw mismatch(folder, first(differences, "; "));
        }
        return Collections.unmodifiableMap(found);
    }

    /** The name a tensor is stored under: its own, or without its first part. */
    private String storedName(String name) {
        String headless = name.substring(name.indexOf('.') + 1);
        return !tensors.containsKey(name) && tensors.containsKey(headless) ? headless : name;
    }

    /** transformers computes with a stored head that differs from the embedding, whatever config.json says. */
    private void requireTied(TensorSpec embedding, Map<String, StoredTensor> found, Path folder) {
        StoredTensor head = Objects.requireNonNull(tensors.get(HEAD));
        StoredTensor tied = Objects.requireNonNull(found.get(embedding.name()));
        if (!head.shape().equals(tied.shape())
                || !Arrays.equals(SafetensorsFile.floats(head), SafetensorsFile.floats(tied))) {
            throw new InputException(
                    HEAD + " differs from " + embedding.name() + ", but config.json ties them",
                    "model folder " + folder,
                    "Set tie_word_embeddings to false in config.json, or remove the tensor");
        }
    }

    private static String first(List<String> texts, String separator) {
        String shown = String.join(separator, texts.subList(0, Math.min(3, texts.size())));
        return shown + (texts.size() > 3 ? separator + "and " + (texts.size() - 3) + " more" : "");
    }

    private static InputException mismatch(Path folder, String what) {
        return new InputException(what, "model folder " + folder, "The weights must match config.json");
    }

    /**
     * The folder that the real files lie under: ONNX Runtime follows no symbolic links, which caches of models are full of.
     */
    static Path realRoot(Iterable<StoredTensor> tensors) {
        Path root = null;
        for (StoredTensor tensor : tensors) {
            Path folder = parent(real(tensor.file()));
            while (root != null && !folder.startsWith(root)) {
                root = parent(root);
            }
            root = root == null ? folder : root;
        }
        return Objects.requireNonNull(root, "no tensors");
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "a folder");
    }

    static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new InputException("cannot be found", file.toString(), "Check that it is still there", e);
        }
    }
}
