package org.tunebench.train.step;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.record.FolderLock;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord.TrainingTotals;
import org.tunebench.core.record.StepRecord;
import org.tunebench.train.batch.Inspection;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.EvaluationSettings;

/**
 * Fine-tunes a base model by a recipe: data, steps, evaluations, checkpoint, into a run folder.
 *
 * <pre>{@code
 * Trainer.train(new TrainingJob(Recipe.read(file), ModelFolder.open(base), "base", Device.CPU, out, "masked", false),
 *         TrainingListener.SILENT);
 * }</pre>
 */
public final class Trainer {
    private final TrainingJob job;
    private final TrainingListener listener;
    private final Preparation prepared;
    private final Schedule schedule;
    private final Steps steps;
    private final int total;
    private final int evaluateEvery;
    private final @Nullable DropoutDraws dropout;

    private Trainer(TrainingJob job, TrainingListener listener, Inspection inspection) {
        this.job = job;
        this.listener = listener;
        Runs.requireUsable(job);
        this.prepared = Preparation.of(job, inspection);
        this.total = prepared.plan().steps();
        this.schedule = RecipeSettings.schedule(job.recipe(), total);
        EvaluationSettings evaluation = job.recipe().evaluation();
        this.evaluateEvery = evaluation == null ? Integer.MAX_VALUE : evaluation.stepsBetween(total);
        this.steps = Steps.of(prepared.plan(), evaluateEvery, job.base(), job.device());
        this.dropout = RecipeSettings.dropout(job.recipe(), job.base());
    }

    /**
     * Runs a job to its end; one that is resumed there already is left as it is.
     *
     * @throws org.tunebench.core.input.InputException before anything is written, where an input cannot be used
     * @throws TrainingFailure at a loss or gradient that is not finite; the checkpoint holds the weights before that step
     * @throws TrainingInterrupted where the listener asked to stop; the checkpoint holds the weights so far
     */
    public static TrainingTotals train(TrainingJob job, TrainingListener listener) {
        return new Trainer(job, listener, Inspection.NONE).train();
    }

    /**
     * Reads everything a job reads, and refuses what training would refuse. Writes nothing.
     *
     * @return a trainer that need not read it again
     * @throws org.tunebench.core.input.InputException where an input cannot be used
     */
    public static Trainer check(TrainingJob job, TrainingListener listener) {
        return check(job, listener, Inspection.NONE);
    }

    /** The same. @param inspection sees all that is read */
    public static Trainer check(TrainingJob job, TrainingListener listener, Inspection inspection) {
        Trainer trainer = new Trainer(job, listener, inspection);
        if (Runs.finished(job, trainer.prepared).isEmpty()) {
            TrainingMemory.require(job, trainer.prepared);
        }
        return trainer;
    }

    /** Runs the job to its end, as {@link #train(TrainingJob, TrainingListener)} does; once. */
    public TrainingTotals train() {
        Optional<TrainingTotals> finished = Runs.finished(job, prepared);
        if (finished.isPresent()) {
            TrainingState.delete(job.out()); // left by a kill after run.json was written
            return finished.get();
        }
        TrainingMemory.require(job, prepared);
        try (FolderLock lock = FolderLock.of(job.out())) {
            listener.prepared(prepared.summary(), total);
            Runs.Opened run = Runs.open(job, prepared);
            try (StepSession session = StepSession.open(job)) {
                TrainingTotals totals = train(session, run.folder());
                run.folder().write(run.record().done(totals, Instant.now()));
                TrainingState.delete(job.out());
                listener.finished(totals, total);
                return totals;
            } catch (TrainingInterrupted e) {
                run.folder().write(run.record().interrupted(Instant.now()));
                throw e;
            } catch (RuntimeException e) {
                throw recorded(e, run);
            }
        }
    }

    /** The failure, written into run.json where that can still be written: the disk may be full. */
    private static RuntimeException recorded(RuntimeException failure, Runs.Opened run) {
        try {
            run.folder().write(run.record().failed(String.valueOf(failure.getMessage()), Instant.now()));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private TrainingTotals train(StepSession session, RunFolder folder) {
        TrainingState start = session.start(job);
        try (History history = History.open(folder, start.steps(), total, listener);
                Lineage lineage = Lineage.open(folder, prepared, start.steps());
                Evaluations evaluations = Evaluations.open(job, prepared, start.best());
                StateSaver saver = new StateSaver(job.out())) {
            takeSteps(session, history, lineage, evaluations, saver);
            saver.await();
            lineage.sync();
            folder.write(Composition.of(
                    folder, prepared.tokenized().examples(), job.recipe().data()));
            TrainingState.Best best = evaluations.best();
            writeCheckpoint(
                    session,
                    best == null ? finiteState(session, history.steps()).parameters() : best.parameters());
            return history.totals(best == null ? null : best.step());
        }
    }

    private void takeSteps(
            StepSession session, History history, Lineage lineage, Evaluations evaluations, StateSaver saver) {
        while (history.steps() < total && !evaluations.sayStop(history)) {
            if (listener.stopRequested()) {
                stop(session, history, lineage, evaluations, saver);
            }
            takeChunk(session, history, lineage);
            if (history.steps() == total || history.steps() % evaluateEvery == 0) {
                evaluations.add(
                        history, () -> finiteState(session, history.steps()).parameters());
            }
            if (history.steps() < total) {
                saver.offer(() -> state(session, history, lineage, evaluations));
            }
        }
    }

    private void takeChunk(StepSession session, History history, Lineage lineage) {
        int from = history.steps();
        List<OptimizerStep> chunk = steps.chunk(from);
        long start = System.nanoTime();
        StepRunner.Outcome outcome =
                session.run(StepChunk.of(from + 1, chunk, job.recipe().loss(), schedule, dropout));
        double seconds = (System.nanoTime() - start) / 1e9 / chunk.size();
        for (int i = 0; i < chunk.size(); i++) {
            OptimizerStep batches = chunk.get(i);
            StepRecord step = new StepRecord(
                    from + i + 1,
                    outcome.losses()[i],
                    schedule.learningRate(from + i + 1),
                    outcome.gradientNorms()[i],
                    batches.supervisedTokens(),
                    batches.realTokens(),
                    batches.positions(),
                    seconds);
            requireFinite(step, batches, session);
            history.add(step);
        }
        lineage.add(from + 1, chunk);
    }

    /** Nothing that is not finite reaches a file: the program has kept the state from before such a step. */
    private void requireFinite(StepRecord step, OptimizerStep batches, StepSession session) {
        if (!Double.isFinite(step.loss()) || !Double.isFinite(step.gradNorm())) {
            writeCheckpoint(session, finiteState(session, step.step() - 1).parameters());
            throw TrainingFailure.notFinite(
                    step, batches.exampleIds(), job.recipe().optimizer());
        }
    }

    private void stop(
            StepSession session, History history, Lineage lineage, Evaluations evaluations, StateSaver saver) {
        if (history.steps() > 0) {
            TrainingState state = state(session, history, lineage, evaluations);
            saver.save(state);
            writeCheckpoint(session, state.state().parameters());
        }
        throw new TrainingInterrupted(history.steps(), total);
    }

    private TrainingState state(StepSession session, History history, Lineage lineage, Evaluations evaluations) {
        history.sync();
        lineage.sync();
        return new TrainingState(history.steps(), finiteState(session, history.steps()), evaluations.best());
    }

    private void writeCheckpoint(StepSession session, float[] parameters) {
        Path checkpoint = job.out().resolve("checkpoint");
        CheckpointFolder.replace(
                checkpoint, fresh -> Checkpoint.write(job, session.method(), prepared, parameters, fresh));
        if (Checkpoint.merges(job)) {
            CheckpointFolder.replace(
                    job.out().resolve("merged"), fresh -> Checkpoint.writeMerged(job, checkpoint, fresh));
        }
    }

    /** The state, where it may be written: an update can overflow although loss and gradient were finite. */
    private FlatState finiteState(StepSession session, int afterStep) {
        FlatState state = session.state();
        if (!state.finite()) {
            throw TrainingFailure.weightsNotFinite(afterStep, job.recipe().optimizer());
        }
        return state;
    }
}
