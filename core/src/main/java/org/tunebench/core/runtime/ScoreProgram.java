package org.tunebench.core.runtime;

import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.Masks;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Weights;

/**
 * The graph that scores: token ids, the rows whose next token is asked about, and which tokens, to log-probabilities.
 *
 * <ul>
 *   <li>{@code ids}, {@code positions}, {@code segments}: [batch, time]; segment 0 is seen by every segment of its row
 *   <li>{@code rows}: [rows], indices into batch · time, only these go through the output projection
 *   <li>{@code picks}: [picks], row number · vocabulary + token
 *   <li>out {@code log_probs}: [picks]; {@code best}: [rows], the most likely next token
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
        Value segments = graph.input("segments", DType.INT64, tokens);
        Value rows = graph.input("rows", DType.INT64, Shape.of("rows"));
        Value picks = graph.input("picks", DType.INT64, Shape.of("picks"));

        Architecture architecture = model.architecture();
        Weights weights = model.weights(b);
        Value mask = Masks.tree(b, segments, weights.type());
        DecoderInputs inputs = new DecoderInputs(ids, positions, mask, KeyValues.ownOnly());
        Value hidden = architecture.hidden(b, weights, inputs); // [batch, time, hidden]
        Value flat = b.reshape(hidden, Shape.of("tokens", hidden.dim(2)));
        Value wanted = b.gather(flat, rows, 0); // [rows, hidden]
        Value logits = b.cast(architecture.logits(b, weights, wanted), DType.FLOAT);
        Value logProbs = b.reshape(b.logSoftmax(logits, -1), Shape.of("rows*vocabulary"));
        graph.output("log_probs", b.gather(logProbs, picks, 0));
        graph.output("best", b.argMax(logits, -1, false));
        return graph;
    }
}
