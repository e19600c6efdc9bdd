package org.tunebench.eval.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;

/**
 * A document of any length as token requests that score each of its tokens once: lm-evaluation-harness's
 * {@code get_rolling_token_windows} with a context of one token, made disjoint. The first window starts after the prefix
 * token; each later one after the token before it, but the last reaches back as far as the context length allows.
 */
final class RollingWindows {
    private RollingWindows() {}

    /**
     * @param tokens the document, without special tokens of our own
     * @param prefix what stands before the first token
     * @param contextLength the most input tokens a request may have
     */
    static List<ScoreRequest> of(int[] tokens, int prefix, int contextLength) {
        List<ScoreRequest> windows = new ArrayList<>();
        if (tokens.length == 0) {
            return windows;
        }
        int predicted = Math.min(contextLength, tokens.length);
        windows.add(new ScoreRequest(new int[] {prefix}, Arrays.copyOfRange(tokens, 0, predicted)));
        while (predicted < tokens.length) {
            int end = predicted + Math.min(tokens.length - predicted, contextLength);
            windows.add(new ScoreRequest(
                    Arrays.copyOfRange(tokens, end - contextLength - 1, predicted),
                    Arrays.copyOfRange(tokens, predicted, end)));
            predicted = end;
        }
        return windows;
    }
}
