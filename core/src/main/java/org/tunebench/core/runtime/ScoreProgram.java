package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Dim;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.Masks;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Weights;

/**
 * The graph that scores: token ids, the rows whose next token is asked about, and which tokens, to log-probabilities.
 *
 * <ul>
 *   <li>{@code ids}, {@code positions}: [batch, time]
 *   <li>{@code ends}: [batch, past + time], for every key the number of the first query that no longer sees it, as {@link
 *       Masks#tree} wants it
 *   <li>{@code past.0} …: [1, key-value heads, past, head size], keys and values of every layer of tokens that stand before
 *       every row; past may be 0
 *   <li>{@code rows}: [rows], indices into batch · time, only these go through the output projection
 *   <li>{@code picks}: [picks], row number · vocabulary + token
 *   <li>out {@code log_probs}: [picks]; {@code best}: [rows], the most likely next token
 *   <li>out {@code present.0} …: [batch, key-value heads, past + time, head size], the past with the rows' own tokens
 * </ul>
 */
final class ScoreProgram {
    private ScoreProgram() {}

    static Graph of(ModelFolder model) {
        Graph graph = new Graph("score");
        GraphBuilder b = new GraphBuilder(graph);
        Shape tokens = Shape.of("batch", "time");
        Value ids = graph.input("ids", DType.INT64, tokens);
        Value positions = graph.input("positions", DType.INT64, tokens);
        Value ends = graph.input("ends", DType.INT64, Shape.of("batch", "span"));
        Value rows = graph.input("rows", DType.INT64, Shape.of("rows"));
        Value picks = graph.input("picks", DType.INT64, Shape.of("picks"));

        Architecture architecture = model.architecture();
        Weights weights = model.weights(b);
        Value mask = Masks.tree(b, ends, b.dimOf(ids, 1), ids.dim(1), weights.type());
        List<Value> present = new ArrayList<>();
        KeyValues keyValues = afterPast(b, model.config(), weights.type(), ids, present);
        Value hidden = architecture.hidden(b, weights, new DecoderInputs(ids, positions, mask, keyValues));
        Value flat = b.reshape(hidden, Shape.of("tokens", hidden.dim(2)));
        Value wanted = b.gather(flat, rows, 0); // [rows, hidden]
        Value logits = b.cast(architecture.logits(b, weights, wanted), DType.FLOAT);
        Value logProbs = b.reshape(b.logSoftmax(logits, -1), Shape.of("rows*vocabulary"));
        graph.output("log_probs", b.gather(logProbs, picks, 0));
        graph.output("best", b.argMax(logits, -1, false));
        for (int i = 0; i < present.size(); i++) {
            graph.output("present." + i, present.get(i));
        }
        return graph;
    }

    /** The past, the same for every row, before the rows' own keys and values; both together are added to {@code present}. */
    private static KeyValues afterPast(GraphBuilder b, ModelConfig config, DType type, Value ids, List<Value> present) {
        Shape past = Shape.of(1, config.keyValueHeads(), "past", config.headSize());
        List<Value> pasts = new ArrayList<>();
        for (int i = 0; i < 2 * config.layers(); i++) {
            pasts.add(b.graph().input("past." + i, type, past));
        }
        Value everyRow = b.concat(0, b.shapeOf(ids, 0, 1), b.longs(1, 1, 1));
        Dim span = Dim.of("span");
        return (layer, keys, values) -> {
            List<Value> whole = new ArrayList<>();
            for (Value own : List.of(keys, values)) {
                Value before = pasts.get(present.size());
                Value repeated = b.expand(before, everyRow, before.shape().with(0, ids.dim(0)));
                whole.add(b.concat(2, span, List.of(repeated, own)));
                present.add(whole.get(whole.size() - 1));
            }
            return new KeyValues.Pair(whole.get(0), whole.get(1));
        };
    }
}
