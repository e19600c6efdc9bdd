package org.tunebench.reports.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One results file of the harness, parsed. */
record HarnessFile(Path path, JsonNode tree) {

    /** Its tasks that are not groups of others. */
    List<String> tasks() {
        List<String> tasks = new ArrayList<>();
        tree.path("results").fieldNames().forEachRemaining(name -> {
            if (tree.path("group_subtasks").path(name).isEmpty()) {
                tasks.add(name);
            }
        });
        return tasks;
    }

    JsonNode config(String task) {
        return tree.path("configs").path(task);
    }

    /** The samples of a task, written with this file where the harness was told to log them. */
    Optional<Path> samples(String task) {
        String date = String.valueOf(path.getFileName())
                .replaceFirst("^.*?results_?", "")
                .replaceFirst("\\.json$", "");
        Path file = path.resolveSibling("samples_" + task + (date.isEmpty() ? "" : "_" + date) + ".jsonl");
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }
}
