package org.tunebench.core.runtime;

import java.util.List;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/**
 * The part of a graph that chooses the next token from logits, with the inputs
 *
 * <ul>
 *   <li>{@code stops}: [stops], ids that end a row and are not chosen before {@code min_new_tokens} (scalar)
 *   <li>{@code repetition_penalty}, {@code temperature}, {@code top_p}: scalars in float; a top_p above 1 keeps all
 *   <li>{@code top_k}: [1], from 1 to the vocabulary; 1 is greedy
 *   <li>{@code uniforms}: [steps, batch], in [0, 1): one number decides one token by inverting the cumulative distribution of
 *       the kept tokens in descending order
 * </ul>
 *
 * <p>As transformers' RepetitionPenaltyLogitsProcessor, MinNewTokensLengthLogitsProcessor, TemperatureLogitsWarper,
 * TopKLogitsWarper and TopPLogitsWarper in turn, but that of tokens with equal logits at the border of top-k the lower ids are
 * kept, not all.
 */
final class TokenChoice {
    private static final double NEVER = -1e30;

    private final Value stops;
    private final Value endings;
    private final Value minNewTokens;
    private final Value repetitionPenalty;
    private final Value temperature;
    private final Value topK;
    private final Value topP;
    private final Value uniforms;

    /** Adds the inputs to a graph, and what the choices of all rounds share. */
    TokenChoice(GraphBuilder b, int vocabulary) {
        Graph graph = b.graph();
        stops = graph.input("stops", DType.INT64, Shape.of("stops"));
        minNewTokens = graph.input("min_new_tokens", DType.INT64, Shape.SCALAR);
        repetitionPenalty = graph.input("repetition_penalty", DType.FLOAT, Shape.SCALAR);
        temperature = graph.input("temperature", DType.FLOAT, Shape.SCALAR);
        topK = graph.input("top_k", DType.INT64, Shape.of(1));
        topP = graph.input("top_p", DType.FLOAT, Shape.SCALAR);
        uniforms = graph.input("uniforms", DType.FLOAT, Shape.of("steps", "batch"));
        endings = stopped(b, b.range(b.scalar(DType.INT64, vocabulary), Dim.of(vocabulary)));
    }

    /**
     * Tokens that may be chosen, in descending order.
     *
     * @param ids [batch, kept]
     * @param shares their probabilities [batch, kept], 0 for those that are not kept after all; their sum may be below 1
     */
    record Candidates(Value ids, Value shares) {}

    /**
     * @param logits [batch, vocabulary], float
     * @param history prompt and tokens so far [batch, length]; the same token any number of times
     * @param step int64 scalar, new tokens before this one in this run
     * @return [batch], int64
     */
    Value next(GraphBuilder b, Value logits, Value history, Value step) {
        return draw(b, candidates(b, logits, history, step), step);
    }

    Candidates candidates(GraphBuilder b, Value logits, Value history, Value step) {
        Value allowed = withoutEarlyStops(b, penalised(b, logits, history), step);
        List<Value> most = b.topK(allowed, topK, Dim.of("kept"));
        Value shares = b.softmax(b.div(most.get(0), temperature), -1);
        Value kept = b.cast(b.less(b.cumSum(shares, -1, true), topP), DType.FLOAT);
        return new Candidates(most.get(1), b.mul(shares, kept));
    }

    /** Which of some tokens [n] end a row, [n]. */
    Value stopped(GraphBuilder b, Value tokens) {
        Value hits = b.cast(b.equal(b.unsqueeze(tokens, 1), stops), DType.FLOAT); // [n, stops]
        return b.less(b.scalar(DType.FLOAT, 0), b.reduceSum(hits, false, 1));
    }

    private Value penalised(GraphBuilder b, Value logits, Value history) {
        Value seen = b.gatherElements(logits, history, 1);
        Value negative = b.less(seen, b.scalar(DType.FLOAT, 0));
        Value changed = b.where(negative, b.mul(seen, repetitionPenalty), b.div(seen, repetitionPenalty));
        return b.scatterElements(logits, history, changed, 1);
    }

    private Value withoutEarlyStops(GraphBuilder b, Value logits, Value step) {
        Value early = b.and(endings, b.less(step, minNewTokens)); // [vocabulary]
        return b.where(early, b.scalar(DType.FLOAT, NEVER), logits);
    }

    private Value draw(GraphBuilder b, Candidates candidates, Value step) {
        Value cumulative = b.cumSum(candidates.shares(), -1, false);
        Value total = b.reduceMax(cumulative, true, -1);
        Value drawn = b.mul(b.unsqueeze(b.gather(uniforms, step, 0), 1), total); // [batch, 1]
        Value below = b.cast(b.lessOrEqual(cumulative, drawn), DType.FLOAT);
        Value kept = b.cast(b.less(b.scalar(DType.FLOAT, 0), candidates.shares()), DType.FLOAT);
        Value last = b.sub(b.reduceSum(kept, true, -1), b.scalar(DType.FLOAT, 1));
        Value rank = b.cast(b.min(b.reduceSum(below, true, -1), last), DType.INT64);
        return b.squeeze(b.gatherElements(candidates.ids(), rank, -1), 1);
    }
}
