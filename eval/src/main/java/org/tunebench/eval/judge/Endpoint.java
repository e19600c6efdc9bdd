package org.tunebench.eval.judge;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/**
 * Where a judging model is, who asks, and how. All of it comes from the environment, so that nothing of it gets into a recipe
 * or a results file.
 *
 * @param timeout of one attempt
 * @param attempts at one judgment, the first included
 * @param requestsPerMinute at most so many begin in a minute; 0 for no limit
 * @param inFlight requests at the same time
 * @param prices null where none are given
 */
record Endpoint(
        String baseUrl,
        String model,
        String apiKey,
        Duration timeout,
        int attempts,
        int requestsPerMinute,
        int inFlight,
        @Nullable Prices prices) {
    static final String BASE_URL = "TUNEBENCH_JUDGE_BASE_URL";
    static final String MODEL = "TUNEBENCH_JUDGE_MODEL";
    static final String API_KEY = "TUNEBENCH_JUDGE_API_KEY";
    static final String TIMEOUT = "TUNEBENCH_JUDGE_TIMEOUT";
    static final String ATTEMPTS = "TUNEBENCH_JUDGE_ATTEMPTS";
    static final String REQUESTS_PER_MINUTE = "TUNEBENCH_JUDGE_REQUESTS_PER_MINUTE";
    static final String IN_FLIGHT = "TUNEBENCH_JUDGE_IN_FLIGHT";
    static final String PROMPT_PRICE = "TUNEBENCH_JUDGE_PROMPT_PRICE";
    static final String COMPLETION_PRICE = "TUNEBENCH_JUDGE_COMPLETION_PRICE";

    private static final String WHERE = "judge openai";
    private static final double TOKENS = 1e6;

    /** Of a million tokens, in whatever currency. */
    record Prices(double prompt, double completion) {
        double cost(long promptTokens, long completionTokens) {
            return (promptTokens * prompt + completionTokens * completion) / TOKENS;
        }
    }

    /** @throws InputException where a variable is missing or holds what it cannot */
    static Endpoint of(Map<String, String> environment) {
        String model = require(environment, MODEL);
        return new Endpoint(
                address(environment),
                model,
                key(environment),
                Duration.ofMillis(Math.round(1000 * number(environment, TIMEOUT, 120, 0.001, 86_400))),
                (int) number(environment, ATTEMPTS, 5, 1, 100),
                (int) number(environment, REQUESTS_PER_MINUTE, 0, 0, 1_000_000),
                (int) number(environment, IN_FLIGHT, 4, 1, 256),
                prices(environment));
    }

    private static String address(Map<String, String> environment) {
        String address = require(environment, BASE_URL);
        if (!address.matches("https?://[^/\\s]+\\S*")) {
            throw new InputException(
                    BASE_URL + " is '" + address + "', which is no web address",
                    WHERE,
                    "Write it with http:// or https://");
        }
        return address;
    }

    /** An endpoint without keys is sent a word in its place. */
    private static String key(Map<String, String> environment) {
        String key = environment.getOrDefault(API_KEY, "").strip();
        if (!key.matches("[!-~]*")) {
            throw new InputException(
                    API_KEY + " holds characters that no key has",
                    WHERE,
                    "Set it to the key alone, without spaces or line ends");
        }
        return key.isEmpty() ? "none" : key;
    }

    private static @Nullable Prices prices(Map<String, String> environment) {
        if (!environment.containsKey(PROMPT_PRICE) && !environment.containsKey(COMPLETION_PRICE)) {
            return null;
        }
        return new Prices(
                number(environment, PROMPT_PRICE, 0, 0, 1e9), number(environment, COMPLETION_PRICE, 0, 0, 1e9));
    }

    private static double number(
            Map<String, String> environment, String variable, double otherwise, double least, double most) {
        String given = environment.getOrDefault(variable, "").strip();
        if (given.isEmpty()) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new InputException(
                "the environment variable " + variable + " is '" + given + "'",
                WHERE,
                "Set it to a number from " + plain(least) + " to " + plain(most) + ", or leave it out");
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static String require(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new InputException(
                    "the environment variable " + variable + " is not set",
                    WHERE,
                    "Set " + BASE_URL + ", " + MODEL + " and, where the endpoint wants one, " + API_KEY);
        }
        return value;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return model;
    }
}
