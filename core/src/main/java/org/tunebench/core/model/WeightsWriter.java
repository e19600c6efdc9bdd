package org.tunebench.core.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.weights.NamedTensor;
import org.tunebench.core.weights.SafetensorsWriter;

/** Writes a model's weights as transformers does: one file, or numbered shards and an index where they are large. */
final class WeightsWriter {
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private WeightsWriter() {}

    static void write(Path folder, List<? extends NamedTensor> tensors, Storage storage) {
        List<List<NamedTensor>> shards = shards(tensors, storage);
        if (shards.size() == 1) {
            SafetensorsWriter.write(folder.resolve(WeightFiles.SINGLE), METADATA, tensors, storage.type());
            return;
        }
        Map<String, String> shardOf = new LinkedHashMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.write(folder.resolve(name), METADATA, shards.get(i), storage.type());
            shards.get(i).forEach(t -> shardOf.put(t.name(), name));
        }
        long elements = tensors.stream().mapToLong(NamedTensor::elements).sum();
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("metadata", Map.of("total_size", elements * storage.type().bytes()));
        index.put("weight_map", shardOf);
        AtomicFiles.writeJson(folder.resolve(WeightFiles.INDEX), index);
    }

    /** The tensors in their order; a shard is full when the next tensor would make it larger than it may be. */
    private static List<List<NamedTensor>> shards(List<? extends NamedTensor> tensors, Storage storage) {
        List<List<NamedTensor>> shards = new ArrayList<>();
        shards.add(new ArrayList<>());
        long size = 0;
        for (NamedTensor tensor : tensors) {
            long bytes = tensor.elements() * storage.type().bytes();
            if (size > 0 && size + bytes > storage.shardBytes()) {
                shards.add(new ArrayList<>());
                size = 0;
            }
            shards.get(shards.size() - 1).add(tensor);
            size += bytes;
        }
        return shards;
    }
}
