package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.Masks;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Weights;

/**
 * The graph that generates: the prompts in one pass, then the decode loop with its key-value cache, all inside the graph.
 *
 * <ul>
 *   <li>{@code ids}, {@code positions}: [batch, time], prompts padded on the left
 *   <li>{@code padding}: [batch, time], 1 for padding, 0 for the prompt
 *   <li>{@code more_tokens}: scalar, tokens after the first one
 *   <li>{@code stops}: [stops], ids that end a row; the loop ends when every row has
 *   <li>those of the {@link TokenChoice}
 *   <li>out {@code first}: [batch]; {@code rest}: [rounds, batch]; after a row's stop its tokens have no meaning
 * </ul>
 */
final class GenerateProgram {
    private final ModelFolder model;
    private final TokenChoice choice;
    private final GraphBuilder b;
    private final Weights weights;
    private final Value stops;

    private GenerateProgram(ModelFolder model, TokenChoice.Kind kind, Graph graph) {
        this.model = model;
        this.b = new GraphBuilder(graph);
        this.weights = model.weights(b);
        this.stops = graph.input("stops", DType.INT64, Shape.of("stops"));
        this.choice = TokenChoice.of(kind, graph);
    }

    static Graph of(ModelFolder model, TokenChoice.Kind kind) {
        Graph graph = new Graph("generate");
        new GenerateProgram(model, kind, graph).write(graph);
        return graph;
    }

    private void write(Graph graph) {
        Shape tokens = Shape.of("batch", "time");
        Value ids = graph.input("ids", DType.INT64, tokens);
        Value positions = graph.input("positions", DType.INT64, tokens);
        Value padding = graph.input("padding", DType.INT64, tokens);
        Value moreTokens = graph.input("more_tokens", DType.INT64, Shape.SCALAR);

        List<Value> cache = new ArrayList<>(); // key, value of every layer
        KeyValues keeping = (layer, keys, values) -> {
            cache.add(keys);
            cache.add(values);
            return new KeyValues.Pair(keys, values);
        };
        Value mask = Masks.causal(b, padding, weights.type());
        Value hidden = model.architecture().hidden(b, weights, new DecoderInputs(ids, positions, mask, keeping));
        Value last = b.sub(b.dimOf(ids, 1), b.scalar(DType.INT64, 1));
        Value first = choice.next(b, logits(b, b.gather(hidden, last, 1)), b.scalar(DType.INT64, 0));
        graph.output("first", first);
        graph.output("rest", decode(moreTokens, first, b.gather(positions, last, 1), padding, cache));
    }

    /** The loop; carries token, its position, what is done, the cache's mask, the cache. */
    private Value decode(Value trips, Value first, Value lastPosition, Value padding, List<Value> promptCache) {
        Value done = stopped(b, first);
        Value visible = b.equal(b.unsqueeze(padding, 1, 2), b.scalar(DType.INT64, 0));
        Value promptMask = Masks.additive(b, visible, weights.type()); // [batch, 1, 1, time]
        List<Value> carried = new ArrayList<>(
                List.of(first, b.add(lastPosition, b.scalar(DType.INT64, 1)), done, spanned(promptMask, 3)));
        promptCache.forEach(v -> carried.add(spanned(v, 2)));
        List<Value> results = b.loop(trips, notAll(b, done), carried, this::round);
        return results.get(results.size() - 1);
    }

    private GraphBuilder.RoundEnd round(GraphBuilder body, GraphBuilder.Round round) {
        List<Value> state = round.carried();
        Value token = state.get(0);
        Value position = state.get(1);
        Value done = state.get(2);
        Dim longer = Dim.of("span+1");
        Value own = body.zerosLike(body.cast(body.unsqueeze(position, 1, 2, 3), weights.type()));
        Value mask = body.concat(3, longer, List.of(state.get(3), own));
        List<Value> next = new ArrayList<>();
        KeyValues growing = (layer, keys, values) -> {
            Value allKeys = body.concat(2, longer, List.of(state.get(4 + 2 * layer), keys));
            Value allValues = body.concat(2, longer, List.of(state.get(5 + 2 * layer), values));
            next.add(allKeys);
            next.add(allValues);
            return new KeyValues.Pair(allKeys, allValues);
        };
        DecoderInputs inputs = new DecoderInputs(body.unsqueeze(token, 1), body.unsqueeze(position, 1), mask, growing);
        Value hidden = model.architecture().hidden(body, weights, inputs); // [batch, 1, hidden]
        Value step = body.add(round.index(), body.scalar(DType.INT64, 1));
        Value chosen = choice.next(body, logits(body, body.squeeze(hidden, 1)), step);
        Value doneNow = body.or(done, stopped(body, chosen));
        List<Value> carried =
                new ArrayList<>(List.of(chosen, body.add(position, body.scalar(DType.INT64, 1)), doneNow, mask));
        carried.addAll(next);
        return new GraphBuilder.RoundEnd(notAll(body, doneNow), carried, List.of(chosen));
    }

    /** [batch, hidden] → [batch, vocabulary] in float. */
    private Value logits(GraphBuilder g, Value hidden) {
        return g.cast(model.architecture().logits(g, weights, hidden), DType.FLOAT);
    }

    /** Which tokens [batch] are among the stops. */
    private Value stopped(GraphBuilder g, Value tokens) {
        Value hits = g.cast(g.equal(g.unsqueeze(tokens, 1), stops), DType.FLOAT); // [batch, stops]
        return g.less(g.scalar(DType.FLOAT, 0), g.reduceSum(hits, false, 1));
    }

    private static Value notAll(GraphBuilder g, Value done) {
        Value open = g.reduceSum(g.cast(g.not(done), DType.FLOAT), false, 0);
        return g.less(g.scalar(DType.FLOAT, 0), open);
    }

    /** The same value with its time axis called span: in the loop it grows by one a round. */
    private Value spanned(Value value, int axis) {
        return renamed(value, value.shape().with(axis, Dim.of("span")));
    }

    private Value renamed(Value value, Shape shape) {
        return b.node("Identity", "", List.of(value), value.type(), shape, Map.of());
    }
}
