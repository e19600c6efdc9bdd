package org.tunebench.train.step;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord.TrainingTotals;
import org.tunebench.core.record.StepRecord;
import org.tunebench.train.tensorboard.EventFile;

/** The steps and evaluations of a run so far: in memory, in its files, and told to the listener. */
final class History implements AutoCloseable {
    private final List<StepRecord> steps;
    private final List<EvaluationRecord> evaluations;
    private final JsonLinesWriter stepsFile;
    private final RunFolder folder;
    private final EventFile events;
    private final TrainingListener listener;
    private final int total;
    /** Opened with the first evaluation of this process. */
    private @Nullable JsonLinesWriter evaluationsFile;

    private History(
            RunFolder folder,
            List<StepRecord> steps,
            List<EvaluationRecord> evaluations,
            TrainingListener listener,
            int total) {
        this.steps = new ArrayList<>(steps);
        this.evaluations = new ArrayList<>(evaluations);
        this.stepsFile = JsonLinesWriter.append(folder.stepsFile());
        this.folder = folder;
        this.events = EventFile.create(folder.tensorBoard(), steps.size() + 1);
        this.listener = listener;
        this.total = total;
    }

    /**
     * Goes on with the files of a run, cut back to what the saved state has seen.
     *
     * @param done steps of the saved state
     * @param total steps of the whole run, for the listener
     */
    static History open(RunFolder folder, int done, int total, TrainingListener listener) {
        mend(folder.stepsFile());
        mend(folder.evaluationsFile());
        List<StepRecord> steps = kept(folder.stepsFile(), folder.readSteps(), StepRecord::step, done);
        if (steps.size() < done) {
            throw new InputException(
                    steps.size() + " steps, but the saved state is that after step " + done,
                    folder.stepsFile().toString(),
                    "Put the lost lines back, or start in a new folder");
        }
        List<EvaluationRecord> evaluations =
                kept(folder.evaluationsFile(), folder.readEvaluations(), EvaluationRecord::step, done);
        return new History(folder, steps, evaluations, listener, total);
    }

    /** Cuts off a line that a kill has torn. */
    private static void mend(Path file) {
        if (Files.exists(file)) {
            JsonLinesWriter.append(file).close();
        }
    }

    private static <T> List<T> kept(Path file, List<T> all, ToIntFunction<T> step, int done) {
        List<T> kept = all.stream().filter(r -> step.applyAsInt(r) <= done).toList();
        if (kept.size() < all.size()) {
            AtomicFiles.write(file, JsonLines.text(kept));
        }
        return kept;
    }

    int steps() {
        return steps.size();
    }

    List<EvaluationRecord> evaluations() {
        return List.copyOf(evaluations);
    }

    void add(StepRecord step) {
        steps.add(step);
        stepsFile.write(step);
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("train/loss", step.loss());
        scalars.put("train/learning_rate", step.learningRate());
        scalars.put("train/grad_norm", step.gradNorm());
        scalars.put("train/supervised_tokens_per_second", step.supervisedTokens() / step.seconds());
        scalars.put("train/real_tokens_per_second", step.realTokens() / step.seconds());
        scalars.put("train/padded_tokens_per_second", step.paddedTokens() / step.seconds());
        events.scalars(step.step(), scalars);
        listener.step(step, total);
    }

    void add(EvaluationRecord evaluation) {
        evaluations.add(evaluation);
        if (evaluationsFile == null) {
            evaluationsFile = JsonLinesWriter.append(folder.evaluationsFile());
        }
        evaluationsFile.write(evaluation);
        events.scalars(evaluation.step(), Map.of("eval/loss", evaluation.loss()));
        listener.evaluated(evaluation, total);
    }

    /** Hands what has been written to the disk. */
    void sync() {
        stepsFile.sync();
        if (evaluationsFile != null) {
            evaluationsFile.sync();
        }
    }

    /** @param bestStep the step whose weights were chosen; null for the last one */
    TrainingTotals totals(@Nullable Integer bestStep) {
        return new TrainingTotals(
                steps.size(),
                steps.stream().mapToLong(StepRecord::supervisedTokens).sum(),
                steps.stream().mapToLong(StepRecord::realTokens).sum(),
                steps.stream().mapToLong(StepRecord::paddedTokens).sum(),
                steps.get(steps.size() - 1).loss(),
                steps.stream().mapToDouble(StepRecord::seconds).sum(),
                bestStep);
    }

    @Override
    public void close() {
        try (JsonLinesWriter evaluated = evaluationsFile;
                stepsFile;
                events) {
            sync();
        }
    }
}
