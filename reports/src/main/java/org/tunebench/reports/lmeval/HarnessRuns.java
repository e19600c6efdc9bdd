package org.tunebench.reports.lmeval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.reports.run.Run;

/** Finds and reads results of lm-evaluation-harness. */
public final class HarnessRuns {
    private HarnessRuns() {}

    /** Whether a path is a results file, a model's folder of them, or the harness's output folder with such folders. */
    public static boolean isHere(Path path) {
        return !Files.exists(path.resolve("run.json")) && !files(path).isEmpty();
    }

    /**
     * Reads one run a model: later files of a folder add their tasks, and replace those that are there.
     *
     * @throws InputException where a file is not whole, or not of the harness
     */
    public static List<Run> read(Path path) {
        Map<Path, List<Path>> byFolder = new LinkedHashMap<>();
        files(path)
                .forEach(
                        file -> byFolder.computeIfAbsent(file.toAbsolutePath().getParent(), folder -> new ArrayList<>())
                                .add(file));
        List<Run> runs = new ArrayList<>();
        byFolder.forEach((folder, files) -> runs.add(
                HarnessRun.of(folder, files.stream().map(HarnessRuns::parse).toList())));
        return runs;
    }

    private static HarnessFile parse(Path file) {
        try {
            JsonNode tree = Json.MAPPER.readTree(file.toFile());
            if (!tree.path("results").isObject() || !tree.path("versions").isObject()) {
                throw new InputException(
                        "not a results file of lm-evaluation-harness: no 'results' or no 'versions'",
                        file.toString(),
                        "Name a file that lm_eval --output_path has written");
            }
            return new HarnessFile(file, tree);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "not a whole results file: " + e.getOriginalMessage(),
                    file.toString(),
                    "Run lm_eval again, or restore the file",
                    e);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check the path and its permissions", e);
        }
    }

    /** In the order of their names, which is that of their dates. */
    private static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return path.toString().endsWith(".json") ? List.of(path) : List.of();
        }
        List<Path> own = results(path);
        if (!own.isEmpty()) {
            return own;
        }
        return list(path).stream()
                .filter(Files::isDirectory)
                .filter(folder -> !Files.exists(folder.resolve("run.json")))
                .flatMap(folder -> results(folder).stream())
                .toList();
    }

    private static List<Path> results(Path folder) {
        return list(folder).stream()
                .filter(file -> String.valueOf(file.getFileName()).matches("results(_.*)?\\.json"))
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
