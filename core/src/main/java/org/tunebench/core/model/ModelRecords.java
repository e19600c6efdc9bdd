package org.tunebench.core.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.Sha256;

/** Model folders as run.json records them. */
public final class ModelRecords {
    private ModelRecords() {}

    /** @param source how the user named the folder: a path, or {@code embedded} */
    public static RunRecord.BaseModel of(ModelFolder model, String source) {
        return of(model, source, model.hashes());
    }

    /** @param hashes the folder's own, where they are known already */
    public static RunRecord.BaseModel of(ModelFolder model, String source, Map<String, String> hashes) {
        return new RunRecord.BaseModel(
                String.valueOf(Path.of(source).getFileName()),
                source,
                hash(hashes, "config.json"),
                hash(hashes, ".safetensors"),
                hash(hashes, "tokenizer.json"),
                model.parameters());
    }

    /** The hash of the one file whose name ends so, or the hash over several. */
    private static String hash(Map<String, String> hashes, String ending) {
        Map<String, String> matching = new TreeMap<>();
        hashes.forEach((name, hash) -> {
            if (name.endsWith("/" + ending)
                    || name.equals(ending)
                    || (ending.startsWith(".") && name.endsWith(ending))) {
                matching.put(name, hash);
            }
        });
        return matching.size() == 1 ? matching.values().iterator().next() : Sha256.ofText(matching.toString());
    }
}
