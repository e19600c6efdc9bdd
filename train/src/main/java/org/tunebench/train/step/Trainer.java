package org.tunebench.train.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.RunRecord.TrainingTotals;
import org.tunebench.core.record.StepRecord;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.BatchPlan;
import org.tunebench.train.batch.OptimizerStep;

/**
 * Fine-tunes a base model by a recipe: data, steps, checkpoint, into a run folder.
 *
 * <pre>{@code
 * Trainer.train(new TrainingJob(Recipe.read(file), ModelFolder.open(base), "base", Device.CPU, out, "masked", false),
 *         TrainingListener.SILENT);
 * }</pre>
 */
public final class Trainer {
    /** Steps of one call to ONNX Runtime at most; chunks start at its multiples, so a resumed run has the same ones. */
    private static final int CHUNK = 10;

    private static final double SAVE_EVERY_SECONDS = 30;

    private final TrainingJob job;
    private final TrainingListener listener;
    private final Preparation prepared;
    private final Steps steps;
    private final @Nullable DropoutDraws dropout;

    private Trainer(TrainingJob job, TrainingListener listener) {
        this.job = job;
        this.listener = listener;
        Runs.requireUsable(job);
        this.prepared = Preparation.of(job);
        this.dropout = RecipeSettings.dropout(job.recipe(), job.base());
        this.steps = new Steps(
                prepared.plan(),
                RecipeSettings.schedule(job.recipe(), prepared.plan().steps()));
    }

    /**
     * Runs a job to its end; one that is resumed there already is left as it is.
     *
     * @throws org.tunebench.core.input.InputException before anything is written, where an input cannot be used
     * @throws TrainingFailure at a loss or gradient that is not finite; the checkpoint holds the weights before that step
     */
    public static TrainingTotals train(TrainingJob job, TrainingListener listener) {
        return new Trainer(job, listener).run();
    }

    private TrainingTotals run() {
        Optional<TrainingTotals> finished = Runs.finished(job, prepared);
        if (finished.isPresent()) {
            return finished.get();
        }
        listener.prepared(prepared.summary(), prepared.plan().steps());
        try (StepSession session = StepSession.open(job)) {
            return run(session);
        }
    }

    private TrainingTotals run(StepSession session) {
        Runs.Opened run = Runs.open(job, prepared);
        try {
            int done = session.start(job);
            List<StepRecord> history = Runs.keepSteps(run.folder(), done);
            if (!job.resume() || done == 0) {
                AtomicFiles.write(run.folder().recipeFile(), job.recipe().toYaml());
            }
            try (JsonLinesWriter file = JsonLinesWriter.append(run.folder().stepsFile())) {
                history = takeSteps(session, file, history);
            }
            writeCheckpoint(session, history.size());
            TrainingTotals totals = totals(history);
            run.folder().write(run.record().done(totals, Instant.now()));
            TrainingState.delete(job.out());
            return totals;
        } catch (RuntimeException e) {
            run.folder().write(run.record().failed(String.valueOf(e.getMessage()), Instant.now()));
            throw e;
        }
    }

    private List<StepRecord> takeSteps(StepSession session, JsonLinesWriter file, List<StepRecord> before) {
        List<StepRecord> history = new ArrayList<>(before);
        int total = prepared.plan().steps();
        long saved = System.nanoTime();
        for (int from = history.size(); from < total; ) {
            List<OptimizerStep> chunk = steps.chunk(from);
            long start = System.nanoTime();
            StepRunner.Outcome outcome =
                    session.run(StepChunk.of(from + 1, chunk, job.recipe().loss(), steps.schedule(), dropout));
            double seconds = (System.nanoTime() - start) / 1e9 / chunk.size();
            for (int i = 0; i < chunk.size(); i++) {
                StepRecord step = record(from + i + 1, chunk.get(i), outcome, i, seconds);
                requireFinite(step, session);
                history.add(step);
                file.write(step);
                listener.step(step, total);
            }
            from += chunk.size();
            if (from < total && (System.nanoTime() - saved) / 1e9 > SAVE_EVERY_SECONDS) {
                new TrainingState(from, finiteState(session, from)).save(job.out());
                saved = System.nanoTime();
            }
        }
        return history;
    }

    private StepRecord record(int step, OptimizerStep batches, StepRunner.Outcome outcome, int i, double seconds) {
        long computed = 0;
        for (Batch batch : batches.microBatches()) {
            computed += (long) batch.rows() * batch.length();
        }
        return new StepRecord(
                step,
                outcome.losses()[i],
                steps.schedule().learningRate(step),
                outcome.gradientNorms()[i],
                batches.supervisedTokens(),
                batches.realTokens(),
                computed,
                seconds);
    }

    /** Nothing that is not finite reaches a file: the program has kept the state from before such a step. */
    private void requireFinite(StepRecord step, StepSession session) {
        if (Double.isFinite(step.loss()) && Double.isFinite(step.gradNorm())) {
            return;
        }
        writeCheckpoint(session, step.step() - 1);
        throw new TrainingFailure("step " + step.step() + ": loss " + step.loss() + ", gradient norm " + step.gradNorm()
                + "; stopped before the weights were touched. The checkpoint holds the weights after step "
                + (step.step() - 1) + ". Lower optimizer.learning_rate (now "
                + job.recipe().optimizer().learningRate() + ") or look at the data");
    }

    private void writeCheckpoint(StepSession session, int afterStep) {
        float[] parameters = finiteState(session, afterStep).parameters();
        Checkpoint.write(job, session.method(), prepared, parameters, job.out().resolve("checkpoint"));
    }

    /** The state, where it may be written: an update can overflow although loss and gradient were finite. */
    private FlatState finiteState(StepSession session, int afterStep) {
        FlatState state = session.state();
        if (!state.finite()) {
            throw new TrainingFailure("the weights after step " + afterStep
                    + " are not finite; they were not written. Lower optimizer.learning_rate (now "
                    + job.recipe().optimizer().learningRate() + ") or optimizer.weight_decay");
        }
        return state;
    }

    private static TrainingTotals totals(List<StepRecord> steps) {
        return new TrainingTotals(
                steps.size(),
                steps.stream().mapToLong(StepRecord::supervisedTokens).sum(),
                steps.stream().mapToLong(StepRecord::realTokens).sum(),
                steps.stream().mapToLong(StepRecord::paddedTokens).sum(),
                steps.get(steps.size() - 1).loss(),
                steps.stream().mapToDouble(StepRecord::seconds).sum());
    }

    /** What each step is made of: the batches and the learning rate. */
    record Steps(BatchPlan plan, Schedule schedule) {
        /** The next steps of one shape. @param from steps taken */
        List<OptimizerStep> chunk(int from) {
            int end = Math.min(plan.steps(), (from / CHUNK + 1) * CHUNK);
            List<OptimizerStep> chunk = new ArrayList<>(List.of(plan.step(from)));
            for (int i = from + 1; i < end; i++) {
                OptimizerStep next = plan.step(i);
                if (!StepChunk.sameShape(chunk.get(0), next)) {
                    break;
                }
                chunk.add(next);
            }
            return chunk;
        }
    }
}
