package org.tunebench.core.runtime;

import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/**
 * The part of a graph that takes a number off the logits of tokens that were generated already, once each, as OpenAI's
 * endpoints do with {@code presence_penalty}: tokens of the prompt are left alone. Its inputs are
 *
 * <ul>
 *   <li>{@code presence_penalty}: scalar in float
 *   <li>{@code prompt_length}: [1], tokens of the history that are prompts or padding
 * </ul>
 */
final class PresencePenalty {
    static final String PENALTY = "presence_penalty";
    static final String PROMPT_LENGTH = "prompt_length";

    private final Value penalty;
    private final Value promptLength;

    /** Adds the inputs to a graph. */
    PresencePenalty(Graph graph) {
        penalty = graph.input(PENALTY, DType.FLOAT, Shape.SCALAR);
        promptLength = graph.input(PROMPT_LENGTH, DType.INT64, Shape.of(1));
    }

    /**
     * @param logits [batch, vocabulary], float
     * @param history prompt and tokens so far [batch, length]
     * @return [batch, vocabulary]
     */
    Value apply(GraphBuilder b, Value logits, Value history) {
        Value end = b.longs(Integer.MAX_VALUE);
        Value generated = b.slice(history, promptLength, end, 1, Dim.of("generated"));
        Value changed = b.sub(b.gatherElements(logits, generated, 1), penalty);
        return b.scatterElements(logits, generated, changed, 1);
    }
}
