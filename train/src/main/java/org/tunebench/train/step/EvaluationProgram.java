package org.tunebench.train.step;

import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Weights;
import org.tunebench.train.adapter.Trained;

/**
 * The loss of a batch without its gradient: the forward half of a step.
 *
 * <p>Inputs: parameters [P]; ids, positions, segments [batch, time] int64; rows, targets [wanted] int64; weights [wanted].
 * Output: loss, a scalar.
 */
record EvaluationProgram(StepProgram step) {
    void write(Graph graph, Weights frozen) {
        GraphBuilder b = new GraphBuilder(graph);
        Value parameters =
                graph.input("parameters", step.type(), Shape.of(step.layout().size()));
        Shape tokens = Shape.of("batch", "time");
        Shape wanted = Shape.of("wanted");
        StepProgram.Batches batch = new StepProgram.Batches(
                graph.input("ids", DType.INT64, tokens),
                graph.input("positions", DType.INT64, tokens),
                graph.input("segments", DType.INT64, tokens),
                graph.input("rows", DType.INT64, wanted),
                graph.input("targets", DType.INT64, wanted),
                graph.input("weights", step.type(), wanted),
                null);
        Map<String, Value> views = step.layout().views(b, parameters);
        graph.output(
                "loss", step.loss(b, frozen, Trained.fixed(views::get), batch).sum());
    }
}
