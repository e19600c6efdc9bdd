package org.tunebench.core.runtime;

/**
 * How a token is chosen from logits. The steps and their order are those of transformers: repetition penalty on the logits,
 * then temperature, top-k, top-p, and a draw from what is left.
 *
 * @param temperature what logits are divided by; 0 takes the most likely token every time
 * @param topK how many of the most likely tokens are kept; 0 keeps all
 * @param topP in (0, 1]: the smallest set of the most likely tokens that holds this much of the probability is kept (Holtzman
 *     et al. 2020)
 * @param repetitionPenalty greater than 0: logits of tokens that stand in the prompt or the text so far are divided by it
 *     where they are positive and multiplied where they are negative (Keskar et al. 2019); 1 changes nothing
 * @param presencePenalty what is taken off the logits of tokens that were generated already, before everything else, as
 *     OpenAI's endpoints do; tokens of the prompt are left alone, and 0 changes nothing
 * @param seed of the draws; has no effect at temperature 0
 */
public record Sampling(
        double temperature, int topK, double topP, double repetitionPenalty, double presencePenalty, long seed) {
    /** The most likely token every time. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 1, 0);

    public Sampling {
        if (!Double.isFinite(presencePenalty)) {
            throw new IllegalArgumentException("presencePenalty " + presencePenalty + "; expected a finite number");
        }
        if (!(temperature >= 0 && topK >= 0 && topP > 0 && topP <= 1 && repetitionPenalty > 0)) {
            throw new IllegalArgumentException("temperature " + temperature + ", topK " + topK + ", topP " + topP
                    + ", repetitionPenalty " + repetitionPenalty
                    + "; expected at least 0, at least 0, in (0, 1], greater than 0");
        }
    }

    /** Without a presence penalty. */
    public Sampling(double temperature, int topK, double topP, double repetitionPenalty, long seed) {
        this(temperature, topK, topP, repetitionPenalty, 0, seed);
    }

    public Sampling withSeed(long newSeed) {
        return new Sampling(temperature, topK, topP, repetitionPenalty, presencePenalty, newSeed);
    }

    public Sampling withPresencePenalty(double penalty) {
        return new Sampling(temperature, topK, topP, repetitionPenalty, penalty, seed);
    }

    /** Draws from the whole distribution at a temperature. */
    public static Sampling at(double temperature, long seed) {
        return new Sampling(temperature, 0, 1, 1, seed);
    }
}
