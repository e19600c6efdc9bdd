package org.tunebench.train.step;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Saves the training state while training goes on, as often as is cheap: a save that took a second is followed by the next
 * after 20 seconds, one that took 10 ms after 0.2 seconds. That is what a kill loses. The file is replaced as a whole, so
 * there is always a good one.
 */
final class StateSaver implements AutoCloseable {
    /** The part of the time that saving may take. */
    private static final double SHARE = 0.05;

    private final Path run;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "state-saver");
        thread.setDaemon(true);
        return thread;
    });
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private volatile long due = System.nanoTime();

    StateSaver(Path run) {
        this.run = run;
    }

    /**
     * Saves if it is time to, in the background.
     *
     * @param state makes a copy that nobody changes any more
     * @throws java.io.UncheckedIOException where an earlier save has failed
     */
    void offer(Supplier<TrainingState> state) {
        if (!writing.isDone() || System.nanoTime() - due < 0) {
            return;
        }
        await();
        long start = System.nanoTime();
        TrainingState copy = state.get();
        writing = CompletableFuture.runAsync(
                () -> {
                    copy.save(run);
                    long end = System.nanoTime();
                    due = end + (long) ((end - start) / SHARE);
                },
                writer);
    }

    /** Saves now. */
    void save(TrainingState state) {
        await();
        state.save(run);
    }

    /** Waits for a save in the background. */
    void await() {
        try {
            writing.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        writing.handle((done, failure) -> done).join();
        writer.shutdown();
    }
}
