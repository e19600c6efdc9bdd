package org.tunebench.eval.endpoint;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When the requests of several threads may begin: evenly spaced, so that at most so many begin in a minute, and none while
 * the endpoint has asked for a pause.
 */
public final class Pacing {
    private static final Map<Integer, Pacing> SHARED = new ConcurrentHashMap<>();

    private final long spacing;
    private final Clock clock;
    private long next;

    /** Time, replaced in tests. */
    public interface Clock {
        Clock SYSTEM = new Clock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis(), duration.getNano() % 1_000_000);
            }
        };

        long nanos();

        void sleep(Duration duration) throws InterruptedException;
    }

    /** The one that all clients of this process with the same limit have in common. */
    public static Pacing shared(int requestsPerMinute) {
        return SHARED.computeIfAbsent(requestsPerMinute, limit -> new Pacing(limit, Clock.SYSTEM));
    }

    /** @param requestsPerMinute 0 for no limit */
    public Pacing(int requestsPerMinute, Clock clock) {
        this.spacing = requestsPerMinute == 0 ? 0 : Duration.ofMinutes(1).toNanos() / requestsPerMinute;
        this.clock = clock;
        this.next = clock.nanos();
    }

    /** Waits for this request's turn. */
    void await() {
        sleep(Duration.ofNanos(turn()));
    }

    private synchronized long turn() {
        long now = clock.nanos();
        long at = Math.max(now, next);
        next = at + spacing;
        return at - now;
    }

    /** Lets no request begin for so long. */
    synchronized void pause(Duration duration) {
        next = Math.max(next, clock.nanos() + duration.toNanos());
    }

    /** Waits. @throws CancellationException where the thread is interrupted */
    void sleep(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            clock.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
