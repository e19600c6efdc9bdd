package org.tunebench.core.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;

/** A checkpoint that can score and generate. Results do not depend on what else is in the same call. */
public interface LanguageModel extends AutoCloseable {
    /** The name in results: the folder's name, or {@code embedded}. */
    String name();

    Tokenizer tokenizer();

    /** The folder's chat template, where it has one. */
    @Nullable
    ChatTemplate chatTemplate();

    /** The most tokens a sequence may have. */
    int contextLength();

    /**
     * Log-probabilities of continuations.
     *
     * @param requests scored as given; the caller has truncated them: all tokens but the last one, which is only
     *     predicted, are at most {@link #contextLength()}
     * @return one score a request, in the order of the requests
     */
    List<ContinuationScore> score(List<ScoreRequest> requests);

    /**
     * Generates a continuation of each prompt.
     *
     * @param prompts token ids, of any lengths from 1 to less than {@link #contextLength()}; a generation that reaches
     *     the context length ends there
     * @return new tokens only, without the end-of-sequence token, in the order of the prompts
     */
    List<Generation> generate(List<int[]> prompts, GenerationOptions options);

    @Override
    void close();

    /**
     * A context and the tokens whose log-probability is asked for. {@code context} has at least one token,
     * {@code continuation} at least one.
     */
    record ScoreRequest(int[] context, int[] continuation) {
        public ScoreRequest {
            if (context.length == 0 || continuation.length == 0) {
                throw new IllegalArgumentException("context of " + context.length + " and continuation of "
                        + continuation.length + " tokens; both need at least 1");
            }
        }
    }

    /**
     * @param tokenLogProbs natural logarithms, one for each continuation token
     * @param greedy whether every continuation token was the most likely one
     */
    record ContinuationScore(double[] tokenLogProbs, boolean greedy) {
        /** Sum over the continuation, in nats. */
        public double logLikelihood() {
            double sum = 0;
            for (double p : tokenLogProbs) {
                sum += p;
            }
            return sum;
        }
    }

    /**
     * How to generate.
     *
     * @param maxNewTokens at least 1
     * @param temperature 0 takes the most likely token every time
     * @param topP in (0, 1]; 1 keeps the whole distribution
     * @param seed of the sampling; has no effect at temperature 0
     * @param stopTokens ids that end a sequence, besides the folder's own end-of-sequence ids
     * @param stopStrings texts that end a sequence; the response is cut before the first of them
     */
    record GenerationOptions(
            int maxNewTokens,
            double temperature,
            double topP,
            long seed,
            List<Integer> stopTokens,
            List<String> stopStrings) {
        public GenerationOptions {
            if (maxNewTokens < 1 || temperature < 0 || !(topP > 0 && topP <= 1)) {
                throw new IllegalArgumentException("maxNewTokens " + maxNewTokens + ", temperature " + temperature
                        + ", topP " + topP + "; expected at least 1, at least 0, in (0, 1]");
            }
            stopTokens = List.copyOf(stopTokens);
            stopStrings = List.copyOf(stopStrings);
        }

        public static GenerationOptions greedy(int maxNewTokens) {
            return new GenerationOptions(maxNewTokens, 0, 1, 0, List.of(), List.of());
        }
    }

    /**
     * @param text the new tokens decoded without special tokens, cut at a stop string
     * @param stopped whether it ended at an end-of-sequence token or stop string rather than at the length limit
     */
    record Generation(int[] tokens, String text, boolean stopped) {}
}
