package org.tunebench.eval.judge;

import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.tunebench.eval.judge.PromptedJudge.Asked;
import org.tunebench.eval.judge.PromptedJudge.Reply;

/**
 * Asks an endpoint for one judgment until it gives one. What may pass is asked for again, after 1, 2, 4 … seconds, at most a
 * minute, or as long as the endpoint's Retry-After says, at most five: no connection, no answer in time, HTTP 408, 409, 429
 * and 5xx, and answers that are no chat completion or hold no text. Other refusals (a wrong key, a prompt too long) are final.
 */
final class Attempts {
    /** As FastChat asks. */
    private static final int MAX_TOKENS = 2048;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WISH = Duration.ofMinutes(5);
    private static final Set<Integer> PASSING = Set.of(408, 409, 429);
    private static final int SHOWN = 200;

    private final OpenAIClient client;
    private final Endpoint endpoint;
    private final Pacing pacing;

    /** @param client one that does not retry by itself */
    Attempts(OpenAIClient client, Endpoint endpoint, Pacing pacing) {
        this.client = client;
        this.endpoint = endpoint;
        this.pacing = pacing;
    }

    /** Why an attempt gave nothing. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean passing;
        private final Duration wish;

        Failure(String message, boolean passing, Duration wish) {
            super(message);
            this.passing = passing;
            this.wish = wish;
        }
    }

    /** The endpoint's words, or why there are none. */
    Reply ask(Asked prompt) {
        for (int attempt = 1; ; attempt++) {
            pacing.await();
            try {
                return once(prompt);
            } catch (Failure failure) {
                if (!failure.passing || attempt == endpoint.attempts()) {
                    return Reply.failed(failure.getMessage() + (attempt == 1 ? "" : " (" + attempt + " attempts)"));
                }
                if (!failure.wish.isZero()) {
                    pacing.pause(failure.wish); // the others would hear the same
                }
                pacing.sleep(longer(failure.wish, pauseAfter(attempt)));
            }
        }
    }

    private static Duration pauseAfter(int attempt) {
        return shorter(LONGEST_PAUSE, FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10)));
    }

    private Reply once(Asked prompt) throws Failure {
        ChatCompletionCreateParams request = ChatCompletionCreateParams.builder()
                .model(endpoint.model())
                .addSystemMessage(prompt.system())
                .addUserMessage(prompt.user())
                .temperature(0)
                .maxTokens(MAX_TOKENS)
                .build();
        long start = System.nanoTime();
        try {
            ChatCompletion answer = client.chat().completions().create(request);
            Optional<String> text = answer.choices().stream()
                    .findFirst()
                    .flatMap(choice -> choice.message().content())
                    .filter(content -> !content.isBlank());
            Optional<CompletionUsage> usage = answer.usage();
            return new Reply(
                    text.orElseThrow(() -> new Failure("the endpoint's answer holds no text", true, Duration.ZERO)),
                    null,
                    usage.map(CompletionUsage::promptTokens).orElse(null),
                    usage.map(CompletionUsage::completionTokens).orElse(null));
        } catch (OpenAIServiceException e) {
            int status = e.statusCode();
            throw new Failure(
                    shown("HTTP " + status, e),
                    PASSING.contains(status) || status >= 500,
                    retryAfter(e, Instant.now()));
        } catch (OpenAIException e) {
            throw new Failure(
                    System.nanoTime() - start >= endpoint.timeout().toNanos()
                            ? "no whole answer within " + endpoint.timeout().toMillis() / 1000.0 + " s"
                            : shown(
                                    e instanceof OpenAIInvalidDataException
                                            ? "the endpoint's answer is no chat completion"
                                            : "no answer",
                                    e),
                    true,
                    Duration.ZERO);
        }
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

    /** RFC 9110, 10.2.3: seconds or a date. Zero where the endpoint wishes nothing that can be read. */
    static Duration retryAfter(OpenAIServiceException e, Instant now) {
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
}
