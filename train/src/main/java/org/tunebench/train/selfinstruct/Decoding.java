package org.tunebench.train.selfinstruct;

import java.util.List;

/**
 * How a completion is drawn.
 *
 * @param maxTokens of the completion
 * @param temperature 0 takes the most likely token every time
 * @param topP the share of the probability that tokens are drawn from
 * @param presencePenalty what is taken off the logits of tokens that the completion has already
 * @param stops texts that end it; it is cut before the first of them
 */
public record Decoding(int maxTokens, double temperature, double topP, double presencePenalty, List<String> stops) {
    /** For prompts that are texts to be continued and end at a blank line. */
    private static final String BLANK_LINE = "\n\n";

    public Decoding {
        stops = List.copyOf(stops);
    }

    /** For a model that answers in a chat, where a blank line may also stand behind a greeting or between items. */
    Decoding inChat() {
        List<String> others =
                stops.stream().filter(stop -> !stop.equals(BLANK_LINE)).toList();
        return new Decoding(maxTokens, temperature, topP, presencePenalty, others);
    }
}
