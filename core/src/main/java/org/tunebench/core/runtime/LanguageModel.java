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

    /**
     * Generates a continuation of one prompt and tells its text as it comes: the same as {@link #generate(List,
     * GenerationOptions)} for this prompt alone, and the pieces told are its text. A model that knows its text only at the end
     * tells it then.
     */
    default Generation generate(int[] prompt, GenerationOptions options, TextListener listener) {
        Generation generation = generate(List.of(prompt), options).get(0);
        if (!generation.text().isEmpty()) {
            listener.text(generation.text());
        }
        return generation;
    }

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

    /** Hears a text that is being generated. */
    @FunctionalInterface
    interface TextListener {
        /** @param piece what comes next: whole characters, never empty, nothing that a stop string takes back */
        void text(String piece);
    }

    /**
     * How to generate.
     *
     * @param maxNewTokens at least 1
     * @param minNewTokens from 0 to maxNewTokens: before so many no token is chosen that ends the sequence
     * @param sampling how each token is chosen
     * @param stopTokens ids that end a sequence, besides the folder's own end-of-sequence ids
     * @param stopStrings texts that end a sequence; the response is cut before the first of them
     */
    record GenerationOptions(
            int maxNewTokens, int minNewTokens, Sampling sampling, List<Integer> stopTokens, List<String> stopStrings) {
        public GenerationOptions {
            if (maxNewTokens < 1 || minNewTokens < 0 || minNewTokens > maxNewTokens) {
                throw new IllegalArgumentException("maxNewTokens " + maxNewTokens + ", minNewTokens " + minNewTokens
                        + "; expected at least 1, from 0 to maxNewTokens");
            }
            stopTokens = List.copyOf(stopTokens);
            stopStrings = List.copyOf(stopStrings);
            if (stopStrings.contains("")) {
                throw new IllegalArgumentException("a stop string is empty");
            }
        }

        public GenerationOptions(int maxNewTokens, Sampling sampling) {
            this(maxNewTokens, 0, sampling, List.of(), List.of());
        }

        public GenerationOptions withSampling(Sampling newSampling) {
            return new GenerationOptions(maxNewTokens, minNewTokens, newSampling, stopTokens, stopStrings);
        }

        public static GenerationOptions greedy(int maxNewTokens) {
            return new GenerationOptions(maxNewTokens, Sampling.GREEDY);
        }
    }

    /**
     * @param text the new tokens decoded without special tokens, cut at a stop string
     * @param stopped whether it ended at an end-of-sequence token or stop string rather than at the length limit
     */
    record Generation(int[] tokens, String text, boolean stopped) {}
}
