package org.tunebench.core.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.tunebench.core.input.InputException;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.StoredTensor;

/** The safetensors of a model folder, one file or shards listed in an index, checked against what the family needs. */
final class WeightFiles {
    static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

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
            throw new InputException(
                    "neither " + SINGLE + " nor " + INDEX,
                    "model folder " + folder,
                    "Give a Hugging Face folder with safetensors weights");
        }
        return new WeightFiles(sharded(folder, index));
    }

    Map<String, StoredTensor> tensors() {
        return tensors;
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

    /** Refuses weights that are not exactly those of a configuration. */
    void require(Architecture architecture, Path folder) {
        Set<String> surplus = new TreeSet<>(tensors.keySet());
        for (TensorSpec spec : architecture.tensors()) {
            surplus.remove(spec.name());
            StoredTensor tensor = tensors.get(spec.name());
            if (tensor == null) {
                throw mismatch(folder, "tensor " + spec.name() + " " + spec.shape() + " is missing");
            }
            if (!tensor.shape().equals(spec.shape())) {
                throw mismatch(
                        folder,
                        "tensor " + spec.name() + " has shape " + tensor.shape() + ", expected " + spec.shape());
            }
            if (!tensor.type().weights()) {
                throw mismatch(
                        folder, "tensor " + spec.name() + " is " + tensor.type() + ", expected F32, F16 or BF16");
            }
        }
        surplus.removeIf(name -> name.endsWith(".rotary_emb.inv_freq") || name.equals("lm_head.weight"));
        if (!surplus.isEmpty()) {
            throw mismatch(
                    folder,
                    "tensors that a " + architecture.config().modelType() + " of this size has not: " + first(surplus));
        }
    }

    private static String first(Set<String> names) {
        List<String> shown = names.stream().limit(3).toList();
        return String.join(", ", shown) + (names.size() > 3 ? " and " + (names.size() - 3) + " more" : "");
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
