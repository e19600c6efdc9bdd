package org.tunebench.core.runtime;

import java.util.List;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/** How the next token is chosen from logits. */
@FunctionalInterface
interface TokenChoice {

    /**
     * @param logits [batch, vocabulary], float
     * @param step int64 scalar, 0 for the first new token
     * @return [batch], int64
     */
    Value next(GraphBuilder b, Value logits, Value step);

    /** The ways there are. */
    enum Kind {
        /** The most likely token. */
        GREEDY,
        /** One drawn from the smallest set of tokens that holds top_p of the probability (Holtzman et al. 2020). */
        NUCLEUS
    }

    /** A choice whose inputs are added to a graph. */
    static TokenChoice of(Kind kind, Graph graph) {
        return kind == Kind.GREEDY ? (b, logits, step) -> b.argMax(logits, -1, false) : nucleus(graph);
    }

    /**
     * Inputs {@code temperature}, {@code top_p}: scalars; {@code uniforms}: [steps, batch], in [0, 1), one number decides
     * one token by inverting the cumulative distribution of the tokens in descending order.
     */
    private static TokenChoice nucleus(Graph graph) {
        Value temperature = graph.input("temperature", DType.FLOAT, Shape.SCALAR);
        Value topP = graph.input("top_p", DType.FLOAT, Shape.SCALAR);
        Value uniforms = graph.input("uniforms", DType.FLOAT, Shape.of("steps", "batch"));
        return (b, logits, step) -> {
            List<Value> sorted = b.sortDescending(b.div(logits, temperature));
            Value shares = b.softmax(sorted.get(0), -1); // [batch, vocabulary]
            Value kept = b.cast(b.less(b.cumSum(shares, -1, true), topP), DType.FLOAT);
            Value cumulative = b.cumSum(b.mul(shares, kept), -1, false);
            Value total = b.reduceMax(cumulative, true, -1);
            Value drawn = b.mul(b.unsqueeze(b.gather(uniforms, step, 0), 1), total); // [batch, 1]
            Value below = b.cast(b.lessOrEqual(cumulative, drawn), DType.FLOAT);
            Value last = b.sub(b.reduceSum(kept, true, -1), b.scalar(DType.FLOAT, 1));
            Value rank = b.cast(b.min(b.reduceSum(below, true, -1), last), DType.INT64);
            return b.squeeze(b.gatherElements(sorted.get(1), rank, -1), 1);
        };
    }
}
