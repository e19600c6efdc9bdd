package org.tunebench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.FolderLock;
import org.tunebench.eval.engine.Journal;
import org.tunebench.train.selfinstruct.SeedTasks;
import org.tunebench.train.selfinstruct.SelfInstructSettings;

/** The folder of a Self-Instruct run: its answers so far, kept from other processes and from other settings. */
final class SelfInstructFolder implements AutoCloseable {
    static final String ANSWERS = "answers.jsonl";

    private final FolderLock lock;
    private final Journal journal;

    private SelfInstructFolder(FolderLock lock, Journal journal) {
        this.lock = lock;
        this.journal = journal;
    }

    /**
     * Takes the folder for a run.
     *
     * @param resume whether a run that it holds is gone on with
     * @throws InputException where it holds something else, or a run that was made otherwise
     */
    static SelfInstructFolder open(Path folder, Map<String, String> madeFrom, boolean resume) {
        Path answers = folder.resolve(ANSWERS);
        Optional<Map<String, String>> before = Journal.madeFrom(answers);
        if (before.isEmpty() ? !isFree(folder) : !resume) {
            throw new InputException(
                    before.isEmpty() ? "is not an empty folder" : "holds a run already",
                    "--out " + folder,
                    before.isEmpty() ? "Name another one" : "Give --resume to go on with it, or name another folder");
        }
        if (before.isPresent() && !before.get().equals(madeFrom)) {
            throw new InputException(
                    "holds a run that was made otherwise: "
                            + String.join("; ", Journal.differences(before.get(), madeFrom)),
                    "--out " + folder,
                    "Give what was given before, or name another folder");
        }
        FolderLock lock = FolderLock.of(folder);
        AtomicFiles.discardLeftovers(folder);
        return new SelfInstructFolder(lock, Journal.resume(answers, madeFrom));
    }

    /** A process killed at once leaves a lock and a journal without a whole line. */
    private static boolean isFree(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> ours = List.of(".lock", ANSWERS);
            return files.allMatch(file -> ours.contains(String.valueOf(file.getFileName())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /**
     * What answers depend on. How many tasks are wanted is not among it: a run can be made longer.
     *
     * @param model with the digest of its files, where it has any
     */
    static Map<String, String> madeFrom(String model, SeedTasks seeds, SelfInstructSettings settings) {
        Map<String, String> from = new TreeMap<>();
        from.put("model", model);
        from.put("seed tasks", seeds.sha256());
        from.put("method", settings.method().id());
        from.put("prompt tasks", String.valueOf(settings.promptTasks()));
        from.put("classification only", String.valueOf(settings.classificationOnly()));
        from.put("chat", String.valueOf(settings.chat()));
        from.put("seed", String.valueOf(settings.seed()));
        return from;
    }

    Journal journal() {
        return journal;
    }

    @Override
    public void close() {
        try (lock) {
            journal.close();
        }
    }
}
