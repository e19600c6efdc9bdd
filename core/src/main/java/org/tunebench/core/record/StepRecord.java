package org.tunebench.core.record;

/**
 * One line of train/steps.jsonl.
 *
 * @param step optimizer step, from 1
 * @param loss mean over the step's supervised tokens, in nats
 * @param gradNorm global L2 norm before clipping
 * @param supervisedTokens targets that count in the loss
 * @param realTokens tokens of examples
 * @param paddedTokens positions computed, padding included
 * @param seconds wall time of the step
 */
public record StepRecord(
        int step,
        double loss,
        double learningRate,
        double gradNorm,
        long supervisedTokens,
        long realTokens,
        long paddedTokens,
        double seconds) {}
