package org.tunebench.train.step;

import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.RunRecord.TrainingTotals;

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
        RunFolder folder = RunFolder.open(job.out());
        Changes.refuse(folder, prepared.inputs(job), job.recipe().toYaml());
        RunRecord before = folder.readRecord();
        return before.status() == RunRecord.Status.DONE ? Optional.ofNullable(before.totals()) : Optional.empty();
    }

    private static boolean resumes(TrainingJob job) {
        return job.resume() && Files.exists(job.out().resolve("run.json"));
    }

    /** Call {@link #finished} before, and hold the folder's lock. */
    static Opened open(TrainingJob job, Preparation prepared) {
        AtomicFiles.discardLeftovers(job.out());
        AtomicFiles.discardLeftovers(job.out().resolve("train"));
        CheckpointFolder.discardLeftovers(job.out().resolve("checkpoint"));
        Opened run = resumes(job) ? resumed(job) : created(job, prepared);
        if (!Files.exists(run.folder().recipeFile())) {
            AtomicFiles.write(run.folder().recipeFile(), job.recipe().toYaml());
        }
        return run;
    }

    private static Opened resumed(TrainingJob job) {
        RunFolder folder = RunFolder.open(job.out());
        RunRecord record = folder.readRecord().resumed();
        folder.write(record);
        return new Opened(folder, record);
    }

    private static Opened created(TrainingJob job, Preparation prepared) {
        RunRecord record = RunRecord.running(
                job.runName(),
                prepared.inputs(job),
                RunEnvironment.current(
                        job.device().toString(), RunnerChoice.of(job).toString()),
                Instant.now());
        return new Opened(RunFolder.create(job.out(), record), record);
    }
}
