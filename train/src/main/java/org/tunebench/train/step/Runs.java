package org.tunebench.train.step;

import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.RunRecord.TrainingTotals;
import org.tunebench.core.record.StepRecord;

/** The run folder of a job, made or gone on with. */
final class Runs {
    private Runs() {}

    record Opened(RunFolder folder, RunRecord record) {}

    /** Refuses an output folder that {@link #open} would refuse, before anything else is read. */
    static void requireUsable(TrainingJob job) {
        if (!resumes(job)) {
            RunFolder.requireFree(job.out());
        }
    }

    /** What a run that is to be resumed has come to, where nothing is left to do. */
    static Optional<TrainingTotals> finished(TrainingJob job, Preparation prepared) {
        if (!resumes(job)) {
            return Optional.empty();
        }
        RunRecord before = RunFolder.open(job.out()).readRecord();
        requireSame(before, prepared.inputs(job), job);
        return before.status() == RunRecord.Status.DONE ? Optional.ofNullable(before.totals()) : Optional.empty();
    }

    private static boolean resumes(TrainingJob job) {
        return job.resume() && Files.exists(job.out().resolve("run.json"));
    }

    /** Call {@link #finished} before. */
    static Opened open(TrainingJob job, Preparation prepared) {
        if (resumes(job)) {
            RunFolder folder = RunFolder.open(job.out());
            RunRecord record = folder.readRecord().resumed();
            folder.write(record);
            return new Opened(folder, record);
        }
        RunRecord record = RunRecord.running(
                job.runName(),
                prepared.inputs(job),
                RunEnvironment.current(job.device().toString()),
                Instant.now());
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

    /** Cuts steps.jsonl back to the steps that the saved state has seen, and a line that a kill has torn off with them. */
    static List<StepRecord> keepSteps(RunFolder folder, int done) {
        if (Files.exists(folder.stepsFile())) {
            JsonLinesWriter.append(folder.stepsFile()).close(); // which cuts the torn line
        }
        List<StepRecord> all = folder.readSteps();
        if (all.size() < done) {
            throw new InputException(
                    all.size() + " steps, but the saved state is that after step " + done,
                    folder.stepsFile().toString(),
                    "Put the lost lines back, or start in a new folder");
        }
        List<StepRecord> kept = all.subList(0, done);
        if (kept.size() < all.size()) {
            AtomicFiles.write(folder.stepsFile(), JsonLines.text(kept));
        }
        return kept;
    }
}
