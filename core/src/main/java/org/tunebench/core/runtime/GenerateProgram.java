package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.Masks;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Weights;

/**
 * The graph that generates: one loop whose first round takes the prompts and whose later rounds take a token a row. It can be
 * left and entered again with the key-value cache it ended with.
 *
 * <ul>
 *   <li>{@code ids}: [batch, time], tokens not yet in the cache: the prompts, padded on the left, or the last tokens
 *   <li>{@code history}: [batch, length], all tokens so far, where padding is any token of the row itself
 *   <li>{@code padding}: [batch], how many tokens of a row's history are padding
 *   <li>{@code finished}: [batch], 1 for rows that are to be left alone
 *   <li>{@code rounds}: scalar, tokens to generate at most
 *   <li>{@code past.0} …: [batch, key-value heads, past, head size], keys and values of every layer; past is 0 at first
 *   <li>those of the {@link TokenChoice}, and of the {@link PresencePenalty} where there is one
 *   <li>out {@code tokens}: [rounds, batch]; the loop ends early when every row has met a stop; after a row's stop its tokens
 *       have no meaning
 *   <li>out {@code present.0} …: the cache, with every token but the last ones
 * </ul>
 */
final class GenerateProgram {
    /** Where the cache begins in what the loop carries: before it are the tokens, the history and what is done. */
    private static final int CACHE = 3;

    private final ModelFolder model;
    private final Weights weights;
    private final Value padding;
    private final TokenChoice choice;
    private final @Nullable PresencePenalty presence;

    private GenerateProgram(ModelFolder model, Graph graph, GraphBuilder b, boolean presence) {
        this.model = model;
        this.weights = model.weights(b);
        this.padding = graph.input("padding", DType.INT64, Shape.of("batch"));
        this.choice = new TokenChoice(b, model.config().vocabularySize());
        this.presence = presence ? new PresencePenalty(graph) : null;
    }

    /** @param presence whether tokens that were generated already may be penalised */
    static Graph of(ModelFolder model, boolean presence) {
        Graph graph = new Graph("generate");
        GraphBuilder b = new GraphBuilder(graph);
        new GenerateProgram(model, graph, b, presence).write(graph, b);
        return graph;
    }

    /** Tensors of the cache: keys and values of every layer. */
    static int cacheSize(ModelFolder model) {
        return 2 * model.config().layers();
    }

    private void write(Graph graph, GraphBuilder b) {
        ModelConfig config = model.config();
        List<Value> carried = new ArrayList<>();
        carried.add(graph.input("ids", DType.INT64, Shape.of("batch", "time")));
        carried.add(graph.input("history", DType.INT64, Shape.of("batch", "length")));
        Value finished = graph.input("finished", DType.INT64, Shape.of("batch"));
        carried.add(b.equal(finished, b.scalar(DType.INT64, 1)));
        Shape past = Shape.of("batch", config.keyValueHeads(), "past", config.headSize());
        for (int i = 0; i < cacheSize(model); i++) {
            carried.add(graph.input("past." + i, weights.type(), past));
        }
        Value rounds = graph.input("rounds", DType.INT64, Shape.SCALAR);
        List<Value> results = b.loop(rounds, notAll(b, carried.get(CACHE - 1)), carried, this::round);
        graph.output("tokens", results.get(results.size() - 1));
        for (int i = 0; i < cacheSize(model); i++) {
            graph.output("present." + i, results.get(CACHE + i));
        }
    }

    private GraphBuilder.RoundEnd round(GraphBuilder b, GraphBuilder.Round round) {
        List<Value> state = round.carried();
        Value ids = state.get(0);
        Value history = state.get(1);
        List<Value> past = state.subList(CACHE, state.size());
        List<Value> present = new ArrayList<>();
        Dim span = Dim.of("span");
        KeyValues growing = (layer, keys, values) -> {
            Value allKeys = b.concat(2, span, List.of(past.get(2 * layer), keys));
            Value allValues = b.concat(2, span, List.of(past.get(2 * layer + 1), values));
            present.add(allKeys);
            present.add(allValues);
            return new KeyValues.Pair(allKeys, allValues);
        };
        Value logits = lastLogits(b, inputs(b, ids, past.get(0), growing));
        if (presence != null) {
            logits = presence.apply(b, logits, history);
        }
        Value chosen = choice.next(b, logits, history, round.index());
        Value done = b.or(state.get(CACHE - 1), choice.stopped(b, chosen));

        Value next = b.unsqueeze(chosen, 1);
        List<Value> carried = new ArrayList<>();
        carried.add(named(b, next, Shape.of("batch", "next")));
        carried.add(b.concat(1, Dim.of("longer"), List.of(history, next)));
        carried.add(done);
        carried.addAll(present);
        return new GraphBuilder.RoundEnd(notAll(b, done), carried, List.of(chosen));
    }

    /**
     * Positions count from a row's first token that is no padding, and end with the context: rows beyond their own limit in a
     * batch that goes on must not ask for a position there is not.
     */
    private DecoderInputs inputs(GraphBuilder b, Value ids, Value pastKeys, KeyValues keyValues) {
        Value before = b.dimOf(pastKeys, 2);
        Value time = b.dimOf(ids, 1);
        Value queries = b.add(b.range(time, ids.dim(1)), before); // [time]
        Value keys = b.range(b.add(before, time), Dim.of("span")); // [span]

        Value fromStart = b.sub(b.unsqueeze(queries, 0), b.unsqueeze(padding, 1)); // [batch, time]
        Value last = b.scalar(DType.INT64, model.config().contextLength() - 1.0);
        Value positions = b.max(b.min(fromStart, last), b.scalar(DType.INT64, 0));

        Value earlier = b.lessOrEqual(b.unsqueeze(keys, 0, 1, 2), b.unsqueeze(queries, 0, 1, 3)); // [1, 1, time, span]
        Value real = b.greaterOrEqual(b.unsqueeze(keys, 0, 1, 2), b.unsqueeze(padding, 1, 2, 3)); // [batch, 1, 1, span]
        return new DecoderInputs(ids, positions, Masks.additive(b, b.and(earlier, real), weights.type()), keyValues);
    }

    /** Of the last token of every row: [batch, vocabulary] in float. */
    private Value lastLogits(GraphBuilder b, DecoderInputs inputs) {
        Value hidden = model.architecture().hidden(b, weights, inputs); // [batch, time, hidden]
        Value last = b.sub(b.dimOf(inputs.ids(), 1), b.scalar(DType.INT64, 1));
        return b.cast(model.architecture().logits(b, weights, b.gather(hidden, last, 1)), DType.FLOAT);
    }

    private static Value notAll(GraphBuilder b, Value done) {
        Value open = b.reduceSum(b.cast(b.not(done), DType.FLOAT), false, 0);
        return b.less(b.scalar(DType.FLOAT, 0), open);
    }

    /** The same value, its lengths under other names: in a loop one that changes must be a symbol. */
    private static Value named(GraphBuilder b, Value value, Shape shape) {
        return b.node("Identity", "", List.of(value), value.type(), shape, Map.of());
    }
}
