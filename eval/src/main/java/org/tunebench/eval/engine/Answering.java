package org.tunebench.eval.engine;

import java.util.List;
import org.tunebench.core.runtime.Sampling;

/**
 * How open questions are answered.
 *
 * @param format how prompts become text
 * @param maxNewTokens of an answer
 * @param stops texts that end an answer, besides the end of a turn
 * @param samples answers to each question
 */
public record Answering(PromptFormat format, int maxNewTokens, Sampling sampling, List<String> stops, int samples) {
    public Answering {
        stops = List.copyOf(stops);
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " samples of each answer");
        }
    }

    /** One answer a question. */
    public Answering(PromptFormat format, int maxNewTokens, Sampling sampling, List<String> stops) {
        this(format, maxNewTokens, sampling, stops, 1);
    }

    /** Whether through the model's chat template. */
    public boolean chat() {
        return format.chat();
    }
}
