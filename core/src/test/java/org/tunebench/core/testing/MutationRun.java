package org.tunebench.core.testing;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/**
 * Many damaged inputs, each of which must be taken or refused with an InputException, in bounded time. {@code -Dmutations=N}
 * says how many of a kind. A failure names its seed; {@code -Dmutations=1 -Dmutations.seed=S} runs that one again.
 */
public final class MutationRun {
    private static final int COUNT = Integer.getInteger("mutations", 1000);
    private static final long MOST_SECONDS = 60;

    private final int count;
    private volatile long seed;
    private volatile long began;

    private MutationRun(int count) {
        this.count = count;
    }

    /** One damaged input, read and used as far as it can be. */
    @FunctionalInterface
    public interface Case {
        void use(Random random) throws Exception;
    }

    /** Runs a kind of case; returns how many of 100 were refused. */
    public static int percentRefused(Case one) {
        return new MutationRun(COUNT).run(one) * 100 / COUNT;
    }

    /** The same with one in ten of the cases, for a kind that is slow. */
    public static int percentRefusedOfFew(Case one) {
        int few = Math.max(1, COUNT / 10);
        return new MutationRun(few).run(one) * 100 / few;
    }

    private int run(Case one) {
        long first = Long.getLong("mutations.seed", System.nanoTime());
        AtomicInteger refused = new AtomicInteger();
        Throwable[] failure = new Throwable[1];
        Thread worker = new Thread(null, () -> failure[0] = failure(one, first, refused), "mutations", 1 << 20);
        began = System.nanoTime();
        worker.setDaemon(true);
        worker.start();
        while (worker.isAlive()) {
            join(worker);
            if (worker.isAlive() && System.nanoTime() - began > MOST_SECONDS * 1_000_000_000L) {
                throw new AssertionError("seed " + seed + " takes more than " + MOST_SECONDS + " s at "
                        + Arrays.toString(worker.getStackTrace()));
            }
        }
        if (failure[0] != null) {
            throw new AssertionError("seed " + seed, failure[0]);
        }
        return refused.get();
    }

    private @Nullable Throwable failure(Case one, long first, AtomicInteger refused) {
        for (int i = 0; i < count; i++) {
            seed = first + i;
            began = System.nanoTime();
            try {
                one.use(new Random(seed));
            } catch (InputException e) {
                refused.incrementAndGet();
            } catch (Throwable e) {
                return e;
            }
        }
        return null;
    }

    private static void join(Thread worker) {
        try {
            worker.join(1000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
