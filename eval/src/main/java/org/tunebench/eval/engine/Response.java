package org.tunebench.eval.engine;

/**
 * What a model wrote after a prompt.
 *
 * @param text decoded without special tokens, cut at a stop string
 * @param tokens generated
 * @param stopped whether it ended of its own accord rather than at the length limit
 * @param promptCut whether the start of the prompt was cut to leave room for an answer
 */
public record Response(String text, int tokens, boolean stopped, boolean promptCut) {}
