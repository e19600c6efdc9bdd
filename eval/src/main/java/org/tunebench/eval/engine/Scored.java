package org.tunebench.eval.engine;

/**
 * The score of one {@link TextRequest}.
 *
 * @param logLikelihood sum over the continuation's tokens, in nats
 * @param tokens how many of the continuation's tokens were scored
 * @param greedy whether every one of them was the most likely token
 * @param contextCut whether the start of the context was cut to fit the model's context length
 * @param continuationCut whether the continuation alone was longer than the model's context length, so that only its end
 *     was scored
 */
public record Scored(double logLikelihood, int tokens, boolean greedy, boolean contextCut, boolean continuationCut) {}
