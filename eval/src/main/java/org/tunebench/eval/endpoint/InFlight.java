package org.tunebench.eval.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Work for several items at the same time. */
final class InFlight {
    private InFlight() {}

    /**
     * The results in the order of the items. What work throws is thrown on, and what has not begun by then is left.
     *
     * @param done hears how many items, from the first on, are finished
     */
    static <T, R> List<R> each(int atOnce, List<T> items, Function<T, R> work, IntConsumer done) {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce, task -> {
            Thread thread = new Thread(task, "endpoint");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> pending = items.stream()
                    .map(item -> threads.submit(() -> work.apply(item)))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> result : pending) {
                results.add(result.get());
                done.accept(results.size());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own
                    ? own
                    : new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
