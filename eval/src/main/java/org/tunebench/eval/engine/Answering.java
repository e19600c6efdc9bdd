package org.tunebench.eval.engine;

import java.util.List;
import org.tunebench.core.runtime.Sampling;

/**
 * How open questions are answered.
 *
 * @param chat whether through the model's chat template
 * @param maxNewTokens of an answer
 * @param stops texts that end an answer, besides the end of a turn
 * @param samples answers to each question
 */
public record Answering(boolean chat, int maxNewTokens, Sampling sampling, List<String> stops, int samples) {
    public Answering {
        stops = List.copyOf(stops);
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " samples of each answer");
        }
    }

    /** One answer a question. */
    public Answering(boolean chat, int maxNewTokens, Sampling sampling, List<String> stops) {
        this(chat, maxNewTokens, sampling, stops, 1);
    }
}
