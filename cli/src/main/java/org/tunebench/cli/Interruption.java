package org.tunebench.cli;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.tunebench.train.step.TrainingInterrupted;

/**
 * Ctrl-C and SIGTERM: training in flight takes its step to the end, saves and stops, then the process ends and says how to
 * go on. Everything else is resumed from files that are whole at any time, and stops at once.
 */
public final class Interruption implements AutoCloseable {
    private final String resume;
    private final Thread hook = new Thread(this::stop, "interruption");
    private boolean requested;
    private boolean over;
    private int working;
    private String reached = "interrupted";

    /** @param arguments the command line, which with {@code --resume} goes on */
    Interruption(List<String> arguments) {
        this.resume = resumption(arguments);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static String resumption(List<String> arguments) {
        String line = arguments.stream()
                .map(a -> a.matches("[\\w./:=,@+-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return "tunebench " + line + (arguments.contains("--resume") ? "" : " --resume");
    }

    /** Whether the process is to end. */
    public synchronized boolean requested() {
        return requested;
    }

    /** Does work that looks at {@link #requested} and then comes to an end by itself; the process waits for it. */
    public <T> T awaited(Supplier<T> work) {
        synchronized (this) {
            if (requested) {
                throw new CancellationException("interrupted");
            }
            working++;
        }
        try {
            return work.get();
        } catch (TrainingInterrupted e) {
            synchronized (this) {
                reached = String.valueOf(e.getMessage());
            }
            throw e;
        } finally {
            synchronized (this) {
                working--;
                notifyAll();
            }
        }
    }

    private synchronized void stop() {
        if (over) {
            return;
        }
        requested = true;
        if (working > 0) {
            System.err.println(System.lineSeparator() + "tunebench: saving after the step in flight …");
        }
        try {
            while (working > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println("tunebench: " + reached + "; go on with: " + resume);
    }

    @Override
    public synchronized void close() {
        if (requested) {
            return;
        }
        over = true;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // the hook sees that there is nothing left to wait for
        }
    }
}
