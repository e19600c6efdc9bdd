package org.tunebench.train.step;

import java.util.Map;
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
        StepProgram.Batches batch = StepProgram.Batches.inputs(graph, step.type(), null);
        Map<String, Value> views = step.layout().views(b, parameters);
        graph.output(
                "loss", step.loss(b, frozen, Trained.fixed(views::get), batch).sum());
    }
}
