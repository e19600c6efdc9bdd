package org.tunebench.eval.endpoint;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Asks an endpoint until it answers. What may pass is asked for again, after 1, 2, 4 … seconds, at most a minute, or as long
 * as the endpoint's Retry-After says, at most five: no connection, no answer in time, HTTP 408, 409, 429 and 5xx, and answers
 * that are no completion or hold no text. Other refusals (a wrong key, a prompt too long) are final. Safe for use by several
 * threads.
 */
public final class EndpointClient implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WISH = Duration.ofMinutes(5);
    private static final Set<Integer> PASSING = Set.of(408, 409, 429);
    private static final int SHOWN = 200;

    private final OpenAIClient client;
    private final Endpoint endpoint;
    private final Pacing pacing;

    public EndpointClient(Endpoint endpoint, Pacing pacing) {
        this.endpoint = endpoint;
        this.pacing = pacing;
        this.client = OpenAIOkHttpClient.builder()
                .baseUrl(endpoint.baseUrl())
                .apiKey(endpoint.apiKey())
                .timeout(endpoint.timeout())
                .maxRetries(0)
                .disableTelemetry(true)
                .build();
    }

    /** One that keeps the pace of all others of this process with the same limit. */
    public static EndpointClient of(Endpoint endpoint) {
        return new EndpointClient(endpoint, Pacing.shared(endpoint.requestsPerMinute()));
    }

    /** Why an attempt gave nothing. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final boolean passing;
        private final Duration wish;

        Failed(String message, int status, boolean passing, Duration wish) {
            super(message);
            this.status = status;
            this.passing = passing;
            this.wish = wish;
        }
    }

    /** The endpoint's words, or why there are none. */
    public EndpointReply ask(EndpointRequest request) {
        for (int attempt = 1; ; attempt++) {
            pacing.await();
            try {
                return once(request);
            } catch (Failed failed) {
                if (!failed.passing || attempt == endpoint.attempts()) {
                    String tries = attempt == 1 ? "" : " (" + attempt + " attempts)";
                    return EndpointReply.failed(failed.getMessage() + tries, failed.status);
                }
                if (!failed.wish.isZero()) {
                    pacing.pause(failed.wish); // the others would hear the same
                }
                pacing.sleep(longer(failed.wish, pauseAfter(attempt)));
            }
        }
    }

    /**
     * Does work for several items at a time, as many as may be in flight.
     *
     * @param done hears how many items, from the first on, are finished
     * @return results in the order of the items
     */
    public <T, R> List<R> each(List<T> items, Function<T, R> work, IntConsumer done) {
        return InFlight.each(endpoint.inFlight(), items, work, done);
    }

    private EndpointReply once(EndpointRequest request) throws Failed {
        long start = System.nanoTime();
        EndpointReply reply = answer(request, start);
        if (!request.mayBeBlank() && reply.text().isBlank()) {
            throw new Failed("the endpoint's answer holds no text", 200, true, Duration.ZERO);
        }
        return reply;
    }

    private EndpointReply answer(EndpointRequest request, long start) throws Failed {
        try {
            return request.chat()
                    ? Wire.chat(client, endpoint.model(), request)
                    : Wire.text(client, endpoint.model(), request);
        } catch (OpenAIServiceException e) {
            int status = e.statusCode();
            boolean passing = PASSING.contains(status) || status >= 500;
            throw new Failed(shown("HTTP " + status, e), status, passing, retryAfter(e, Instant.now()));
        } catch (OpenAIInvalidDataException e) {
            throw late(start)
                    ? late()
                    : rubbish(shown(
                            "the endpoint's answer is no " + (request.chat() ? "chat completion" : "completion"), e));
        } catch (OpenAIException e) {
            throw late(start) ? late() : new Failed(shown("no answer", e), 0, true, Duration.ZERO);
        } catch (Wire.NoChoiceException e) {
            throw rubbish("the endpoint's answer holds no text");
        }
    }

    private static Failed rubbish(String what) {
        return new Failed(what, 200, true, Duration.ZERO);
    }

    private boolean late(long start) {
        return System.nanoTime() - start >= endpoint.timeout().toNanos();
    }

    private Failed late() {
        String message = "no whole answer within " + endpoint.timeout().toMillis() / 1000.0 + " s";
        return new Failed(message, 0, true, Duration.ZERO);
    }

    /** In one line, and never with the key in it. */
    private String shown(String what, Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        String kind =
                e instanceof OpenAIServiceException ? "" : cause.getClass().getSimpleName() + ": ";
        String whole = what + ": " + kind + why.replace(endpoint.apiKey(), "<key>");
        return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "…";
    }

    private static Duration pauseAfter(int attempt) {
        return shorter(LONGEST_PAUSE, FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10)));
    }

    /** RFC 9110, 10.2.3: seconds or a date. Zero where the endpoint wishes nothing that can be read. */
    private static Duration retryAfter(OpenAIServiceException e, Instant now) {
        return e.headers().values("Retry-After").stream()
                .findFirst()
                .map(value -> wish(value.strip(), now))
                .orElse(Duration.ZERO);
    }

    private static Duration wish(String value, Instant now) {
        if (value.matches("[0-9]{1,9}")) {
            return shorter(LONGEST_WISH, Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return shorter(LONGEST_WISH, longer(Duration.ZERO, Duration.between(now, at)));
        } catch (DateTimeParseException unreadable) {
            return Duration.ZERO;
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    @Override
    public void close() {
        client.close();
    }
}
