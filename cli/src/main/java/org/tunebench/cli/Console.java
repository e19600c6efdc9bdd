package org.tunebench.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.RunRecord.TrainingTotals;
import org.tunebench.core.record.StepRecord;
import org.tunebench.eval.engine.Progress;
import org.tunebench.train.step.TrainingListener;

/**
 * Progress on standard error: a bar on a terminal, plain lines otherwise, nothing with {@code --quiet}. Safe for use by several
 * threads; their lines then stand mixed.
 */
public final class Console implements TrainingListener, Progress, AutoCloseable {
    /** Off a terminal a line at least this often, so that a log shows that a long run is alive. */
    private static final Duration LINE_EVERY = Duration.ofMinutes(1);

    /** And while a model is scored. */
    private static final Duration SCORING_LINE_EVERY = Duration.ofSeconds(10);

    private final boolean quiet;
    private final Interruption interruption;
    private final boolean terminal = System.console() != null;
    private @Nullable ProgressBar bar;
    private String stage = "";
    private String evaluated = "";
    private long lastLine;
    private Speed speed = new Speed();
    private EvaluationSpeed evaluation = EvaluationSpeed.begin(0, 0);

    Console(boolean quiet, Interruption interruption) {
        this.quiet = quiet;
        this.interruption = interruption;
    }

    /** A line of its own. */
    public synchronized void say(String text) {
        if (!quiet) {
            closeBar();
            System.err.println(text);
        }
    }

    @Override
    public synchronized void prepared(String summary, int totalSteps) {
        say(summary.indent(2).stripTrailing());
        speed = new Speed();
        evaluated = "";
        begin("  training", totalSteps);
    }

    @Override
    public synchronized void step(StepRecord step, int totalSteps) {
        speed.add(step);
        String loss = String.format(Locale.ROOT, "loss %.3f, ", step.loss());
        advance(step.step(), totalSteps, loss + evaluated + speed.text(totalSteps - step.step()));
    }

    @Override
    public synchronized void evaluated(EvaluationRecord evaluation, int totalSteps) {
        evaluated = String.format(Locale.ROOT, "held-out loss %.3f, ", evaluation.loss());
        if (bar == null && !quiet) {
            System.err.printf(
                    Locale.ROOT,
                    "%s %d/%d held-out loss %.3f%n",
                    stage,
                    evaluation.step(),
                    totalSteps,
                    evaluation.loss());
        }
    }

    @Override
    public synchronized void finished(TrainingTotals totals, int totalSteps) {
        String stopped = totals.steps() < totalSteps
                ? "stopped early after step " + totals.steps() + " of " + totalSteps + "; "
                : "";
        if (totals.bestStep() != null) {
            say("  " + stopped + "the checkpoint holds the weights after step " + totals.bestStep()
                    + ", of the lowest held-out loss");
        } else if (!stopped.isEmpty()) {
            say("  " + stopped + "the checkpoint holds the last weights");
        }
    }

    @Override
    public boolean stopRequested() {
        return interruption.requested();
    }

    /** Does work that ends soon after {@link #stopRequested} has become true; the process waits for it. */
    public <T> T awaited(Supplier<T> work) {
        return interruption.awaited(work);
    }

    @Override
    public void report(String suite, int done, int total) {
        report(suite, done, total, 0);
    }

    @Override
    public synchronized void report(String suite, int done, int total, long tokens) {
        boolean newStage = !stage.equals(suite);
        if (newStage || done == 0) {
            begin(suite, total);
            evaluation = EvaluationSpeed.begin(System.nanoTime(), done == 0 ? tokens : 0);
        }
        evaluation = evaluation.at(done, tokens);
        String text = evaluation.text(System.nanoTime(), total);
        if (bar != null) {
            advance(done, total, text);
        } else if (!quiet && (newStage || done == total || sinceLastLine().compareTo(SCORING_LINE_EVERY) >= 0)) {
            lastLine = System.nanoTime();
            System.err.println(stage + " " + done + "/" + total + text);
        }
    }

    private void begin(String name, int total) {
        closeBar();
        stage = name;
        lastLine = System.nanoTime();
        if (!quiet && terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(total)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }
    }

    private void advance(int done, int total, String extra) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
            bar.setExtraMessage(extra);
        } else if (!quiet
                && !extra.isEmpty()
                && (done == total || done % Math.max(1, total / 5) == 0 || silentLong())) {
            lastLine = System.nanoTime();
            System.err.println(stage + " " + done + "/" + total + " " + extra);
        }
    }

    private boolean silentLong() {
        return sinceLastLine().compareTo(LINE_EVERY) > 0;
    }

    private Duration sinceLastLine() {
        return Duration.ofNanos(System.nanoTime() - lastLine);
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        stage = "";
    }

    @Override
    public void close() {
        closeBar();
    }

    /** How fast training is, over the steps of this process. */
    private static final class Speed {
        private long supervised;
        private long real;
        private long padded;
        private double seconds;
        private int steps;

        void add(StepRecord step) {
            supervised += step.supervisedTokens();
            real += step.realTokens();
            padded += step.paddedTokens();
            seconds += step.seconds();
            steps++;
        }

        /** @param left steps to go */
        String text(int left) {
            Duration time = Duration.ofSeconds(Math.round(seconds / steps * left));
            return String.format(
                    Locale.ROOT,
                    "tokens/s %.0f supervised %.0f real %.0f padded, %d:%02d:%02d left",
                    supervised / seconds,
                    real / seconds,
                    padded / seconds,
                    time.toHours(),
                    time.toMinutesPart(),
                    time.toSecondsPart());
        }
    }
}
