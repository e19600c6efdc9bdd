package org.tunebench.train.step;

import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.StepRecord;

/** The run folder of a job, made or gone on with. */
final class Runs {
    private Runs() {}

    record Opened(RunFolder folder, RunRecord record) {}

    static Opened open(TrainingJob job, Preparation prepared) {
        RunRecord.Inputs inputs = prepared.inputs(job);
        if (job.resume() && Files.exists(job.out().resolve("run.json"))) {
            RunFolder folder = RunFolder.open(job.out());
            RunRecord before = folder.readRecord();
            requireSame(before, inputs, job);
            RunRecord record = before.resumed();
            folder.write(record);
            return new Opened(folder, record);
        }
        RunRecord record = RunRecord.running(
                job.runName(), inputs, RunEnvironment.current(job.device().toString()), Instant.now());
        return new Opened(RunFolder.create(job.out(), record), record);
    }

    private static void requireSame(RunRecord before, RunRecord.Inputs now, TrainingJob job) {
        String changed = !Optional.ofNullable(before.recipe()).equals(Optional.ofNullable(now.recipe()))
                ? "the recipe"
                : !before.data().equals(now.data())
                        ? "the data"
                        : !before.base().equals(now.base()) ? "the base model" : "";
        if (!changed.isEmpty()) {
            throw new InputException(
                    changed + " is not what the run was started with",
                    job.out().toString(),
                    "Resume with what run.json there names, or start in a new folder");
        }
    }

    /** Cuts steps.jsonl back to the steps that the saved state has seen. */
    static List<StepRecord> keepSteps(RunFolder folder, int done) {
        List<StepRecord> all = folder.readSteps();
        List<StepRecord> kept = all.subList(0, Math.min(done, all.size()));
        if (kept.size() < all.size()) {
            AtomicFiles.write(folder.stepsFile(), kept.stream().map(Runs::line).collect(Collectors.joining()));
        }
        return kept;
    }

    private static String line(StepRecord step) {
        try {
            return Json.MAPPER.writeValueAsString(step) + "\n";
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a step is numbers", e);
        }
    }
}
