package org.tunebench.train.selfinstruct;

/**
 * A prompt to be completed.
 *
 * @param id of this request in its run, e.g. {@code instructions/17}; never twice
 * @param seed of the draws
 */
public record CompletionRequest(String id, String prompt, Decoding decoding, long seed) {}
