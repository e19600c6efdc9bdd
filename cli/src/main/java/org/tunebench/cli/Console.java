package org.tunebench.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.StepRecord;
import org.tunebench.eval.engine.Progress;
import org.tunebench.train.step.TrainingListener;

/**
 * Progress on standard error: a bar on a terminal, plain lines otherwise, nothing with {@code --quiet}. Safe for use by several
 * threads; their lines then stand mixed.
 */
public final class Console implements TrainingListener, Progress, AutoCloseable {
    private final boolean quiet;
    private final boolean terminal = System.console() != null;
    private @Nullable ProgressBar bar;
    private String stage = "";
    private long tokens;
    private double seconds;

    public Console(boolean quiet) {
        this.quiet = quiet;
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
        tokens = 0;
        seconds = 0;
        begin("  training", totalSteps);
    }

    @Override
    public synchronized void step(StepRecord step, int totalSteps) {
        tokens += step.realTokens();
        seconds += step.seconds();
        String extra = String.format(Locale.ROOT, "loss %.3f, %.0f tokens/s", step.loss(), tokens / seconds);
        advance(step.step(), totalSteps, extra);
    }

    @Override
    public synchronized void report(String suite, int done, int total) {
        if (!stage.equals(suite)) {
            begin(suite, total);
        }
        advance(done, total, "");
    }

    private void begin(String name, int total) {
        closeBar();
        stage = name;
        if (!quiet && terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(total)
                    .setConsumer(new me.tongfei.progressbar.ConsoleProgressBarConsumer(System.err))
                    .build();
        }
    }

    private void advance(int done, int total, String extra) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
            bar.setExtraMessage(extra);
        } else if (!quiet && !extra.isEmpty() && (done == total || done % Math.max(1, total / 5) == 0)) {
            System.err.println(stage + " " + done + "/" + total + " " + extra);
        }
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
}
