package org.tunebench.train.selfinstruct;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Sha256;

/**
 * The tasks that people wrote, every id once.
 *
 * @param source the file, for messages
 */
public record SeedTasks(List<SeedTask> tasks, String source, String sha256) {
    public SeedTasks {
        tasks = List.copyOf(tasks);
    }

    /**
     * Reads {@code {"id", "instruction", "instances": [{"input", "output"}], "is_classification"}} a line. A task without id is
     * {@code seed_task_n}, n counted from 0.
     *
     * @throws InputException with file and line for what is no such task
     */
    public static SeedTasks read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    Files.exists(file) ? "is a folder" : "no such file",
                    file.toString(),
                    "Name a file of seed tasks, such as Self-Instruct's seed_tasks.jsonl");
        }
        List<SeedTask> tasks = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try (Stream<SeedTask> lines = JsonLines.read(file, SeedTask.class)) {
            for (SeedTask task : (Iterable<SeedTask>) lines::iterator) {
                String id = task.id() == null ? "seed_task_" + tasks.size() : task.id();
                if (!ids.add(id)) {
                    throw new InputException(
                            "two tasks have the id '" + id + "'", file.toString(), "Give each task its own id");
                }
                tasks.add(task.withId(id));
            }
        }
        if (tasks.isEmpty()) {
            throw new InputException(
                    "holds no seed task",
                    file.toString(),
                    "Write {\"instruction\": …, \"instances\": [{\"input\": …, \"output\": …}]} a line");
        }
        return new SeedTasks(tasks, file.toString(), Sha256.of(file));
    }

    /** @throws InputException where they are fewer than a prompt shows */
    public void requireEnough(SelfInstructSettings settings) {
        shownBy(settings);
    }

    /**
     * Those that a run may show.
     *
     * @throws InputException where they are fewer than a prompt shows
     */
    List<SeedTask> shownBy(SelfInstructSettings settings) {
        List<SeedTask> usable = tasks.stream()
                .filter(task -> !settings.classificationOnly() || task.isClassification())
                .toList();
        if (usable.size() < settings.promptTasks()) {
            throw new InputException(
                    usable.size() + (settings.classificationOnly() ? " classification" : "")
                            + " seed tasks, and a prompt shows " + settings.promptTasks(),
                    source,
                    "Add seed tasks, or lower the number that a prompt shows");
        }
        return usable;
    }
}
