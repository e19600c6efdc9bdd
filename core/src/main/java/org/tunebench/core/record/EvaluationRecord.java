package org.tunebench.core.record;

/**
 * One line of train/evaluations.jsonl: the loss on held-out examples during training.
 *
 * @param step optimizer steps taken before it
 * @param loss mean over the supervised tokens of all held-out examples, in nats
 * @param supervisedTokens those tokens
 * @param seconds wall time of the evaluation
 */
public record EvaluationRecord(int step, double loss, long supervisedTokens, double seconds) {}
