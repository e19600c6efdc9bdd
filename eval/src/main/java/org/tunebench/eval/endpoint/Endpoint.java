package org.tunebench.eval.endpoint;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/**
 * Where a model is, who asks, and how. All of it comes from the environment, so that nothing of it gets into a recipe or a
 * results file: variables of one prefix, e.g. {@code TUNEBENCH_JUDGE_BASE_URL}.
 *
 * @param timeout of one attempt
 * @param attempts at one answer, the first included
 * @param requestsPerMinute at most so many begin in a minute; 0 for no limit
 * @param inFlight requests at the same time
 * @param prices null where none are given
 */
public record Endpoint(
        String baseUrl,
        String model,
        String apiKey,
        Duration timeout,
        int attempts,
        int requestsPerMinute,
        int inFlight,
        @Nullable Prices prices) {
    private static final double TOKENS = 1e6;

    /** Of a million tokens, in whatever currency. */
    public record Prices(double prompt, double completion) {
        public double cost(long promptTokens, long completionTokens) {
            return (promptTokens * prompt + completionTokens * completion) / TOKENS;
        }
    }

    /**
     * The one that the environment names.
     *
     * @param prefix of the variables, e.g. {@code TUNEBENCH_JUDGE}
     * @param where what complaints give as the place, e.g. {@code judge openai}
     * @throws InputException where a variable is missing or holds what it cannot
     */
    public static Endpoint of(Map<String, String> environment, String prefix, String where) {
        Variables variables = new Variables(environment, prefix, where);
        String model = variables.require("_MODEL");
        return new Endpoint(
                variables.address(),
                model,
                variables.key(),
                Duration.ofMillis(Math.round(1000 * variables.number("_TIMEOUT", 120, 0.001, 86_400))),
                (int) variables.number("_ATTEMPTS", 5, 1, 100),
                (int) variables.number("_REQUESTS_PER_MINUTE", 0, 0, 1_000_000),
                (int) variables.number("_IN_FLIGHT", 4, 1, 256),
                variables.prices());
    }

    /** What so many tokens cost; null where no prices are given. */
    public @Nullable Double cost(long promptTokens, long completionTokens) {
        return prices == null ? null : prices.cost(promptTokens, completionTokens);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return model;
    }

    private record Variables(Map<String, String> environment, String prefix, String where) {
        private static final String BASE_URL = "_BASE_URL";
        private static final String API_KEY = "_API_KEY";
        private static final String PROMPT_PRICE = "_PROMPT_PRICE";
        private static final String COMPLETION_PRICE = "_COMPLETION_PRICE";

        String address() {
            String address = require(BASE_URL);
            if (!address.matches("https?://[^/\\s]+\\S*")) {
                throw new InputException(
                        prefix + BASE_URL + " is '" + address + "', which is no web address",
                        where,
                        "Write it with http:// or https://");
            }
            return address;
        }

        /** An endpoint without keys is sent a word in its place. */
        String key() {
            String key = environment.getOrDefault(prefix + API_KEY, "").strip();
            if (!key.matches("[!-~]*")) {
                throw new InputException(
                        prefix + API_KEY + " holds characters that no key has",
                        where,
                        "Set it to the key alone, without spaces or line ends");
            }
            return key.isEmpty() ? "none" : key;
        }

        @Nullable
        Prices prices() {
            if (!environment.containsKey(prefix + PROMPT_PRICE)
                    && !environment.containsKey(prefix + COMPLETION_PRICE)) {
                return null;
            }
            return new Prices(number(PROMPT_PRICE, 0, 0, 1e9), number(COMPLETION_PRICE, 0, 0, 1e9));
        }

        double number(String variable, double otherwise, double least, double most) {
            String given = environment.getOrDefault(prefix + variable, "").strip();
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
                    "the environment variable " + prefix + variable + " is '" + given + "'",
                    where,
                    "Set it to a number from " + plain(least) + " to " + plain(most) + ", or leave it out");
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
        }

        String require(String variable) {
            String value = environment.get(prefix + variable);
            if (value == null || value.isBlank()) {
                throw new InputException(
                        "the environment variable " + prefix + variable + " is not set",
                        where,
                        "Set " + prefix + BASE_URL + ", " + prefix + "_MODEL and, where the endpoint wants one, "
                                + prefix + API_KEY);
            }
            return value;
        }
    }
}
