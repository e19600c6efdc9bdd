package org.tunebench.eval.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is asked.
 *
 * @param chat whether the prompt is a user's turn (chat completions) rather than a text to be continued (completions)
 * @param system the system message of a chat
 * @param maxTokens of the answer
 * @param temperature 0 takes the most likely token every time
 * @param topP in (0, 1]; 1 is not sent
 * @param presencePenalty what is taken off the logits of tokens that the answer has already; 0 is not sent
 * @param stops texts that end the answer, at most four
 * @param mayBeBlank whether an answer without a word is one; else it is asked for again
 */
public record EndpointRequest(
        boolean chat,
        @Nullable String system,
        String prompt,
        int maxTokens,
        double temperature,
        double topP,
        double presencePenalty,
        List<String> stops,
        boolean mayBeBlank) {
    public EndpointRequest {
        stops = List.copyOf(stops);
        if (!chat && system != null) {
            throw new IllegalArgumentException("a text to be continued has no system message");
        }
    }

    /** A user's turn, answered at temperature 0 with at least a word. */
    public static EndpointRequest turn(String prompt, int maxTokens) {
        return new EndpointRequest(true, null, prompt, maxTokens, 0, 1, 0, List.of(), false);
    }

    public EndpointRequest withSystem(String message) {
        return new EndpointRequest(
                chat, message, prompt, maxTokens, temperature, topP, presencePenalty, stops, mayBeBlank);
    }
}
