package org.tunebench.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;

/**
 * {@code complete.json}: the last file written into a checkpoint, with the names of all others. A copy of the folder that
 * stopped halfway is told from a whole one by it. Folders from elsewhere have none.
 */
final class CompletionMarker {
    private static final String NAME = "complete.json";

    private CompletionMarker() {}

    /** Writes it, and hands the folder with every file to the disk. */
    static void write(Path folder) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        for (String name : names) {
            AtomicFiles.sync(folder.resolve(name));
        }
        AtomicFiles.writeJson(folder.resolve(NAME), Map.of("files", names));
    }

    /**
     * Refuses a folder that lacks one of its files.
     *
     * @throws InputException naming the file
     */
    static void require(Path folder) {
        Path marker = folder.resolve(NAME);
        if (!Files.isRegularFile(marker)) {
            return;
        }
        for (String name : names(marker)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new InputException(
                        "the checkpoint is not whole: " + name + " is missing, which " + NAME + " lists",
                        "model folder " + folder,
                        "Copy the whole folder again");
            }
        }
    }

    private static List<String> names(Path marker) {
        try {
            JsonNode files = Json.MAPPER.readTree(marker.toFile()).path("files");
            return Json.MAPPER.convertValue(
                    files, Json.MAPPER.getTypeFactory().constructCollectionType(List.class, String.class));
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException(
                    "no list of files", marker.toString(), "Copy the whole folder again, or remove this file", e);
        }
    }
}
