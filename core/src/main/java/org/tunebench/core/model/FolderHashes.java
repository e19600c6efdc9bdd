package org.tunebench.core.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.weights.StoredTensor;

/** SHA-256 of the files that make a model what it is. */
final class FolderHashes {
    private static final List<String> SETTINGS =
            List.of("config.json", "generation_config.json", LoraAdapter.CONFIG, LoraAdapter.WEIGHTS);
    private static final List<String> TEXT = List.of("tokenizer.json", "tokenizer_config.json", "chat_template.jinja");

    private FolderHashes() {}

    static Map<String, String> of(ModelFolder model) {
        TreeSet<Path> files = new TreeSet<>();
        for (Path folder : List.of(model.basePath(), model.path())) {
            SETTINGS.forEach(name -> files.add(folder.resolve(name)));
        }
        TEXT.forEach(name -> files.add(model.tokenizerPath().resolve(name)));
        model.tensors().values().stream().map(StoredTensor::file).forEach(files::add);
        Map<String, String> hashes = new TreeMap<>();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                String name = file.getFileName().toString();
                boolean base = !model.basePath().equals(model.path()) && file.startsWith(model.basePath());
                hashes.put(base ? "base/" + name : name, Sha256.of(file));
            }
        }
        return hashes;
    }
}
