package org.tunebench.train.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;

/**
 * The gradients of one micro-batch as a program of its own.
 *
 * <p>Inputs: each trainable tensor under {@code parameter:NAME}; ids, positions, segments [batch, time] int64; rows, targets
 * [wanted] int64; weights [wanted]; with dropout keep [pool] bool and places [modules] int64. Outputs: loss, and each gradient under {@code gradient:NAME}. A program that
 * accumulates has inputs {@code sum:NAME} too, and its gradients are added to them: element by element, so that sum and
 * gradient may be one memory.
 */
record GradientProgram(StepProgram step, boolean accumulates) {
    static final String PARAMETER = "parameter:";
    static final String SUM = "sum:";
    static final String GRADIENT = "gradient:";
    static final String LOSS = "loss";

    /** @param frozen the base model's weights in the graph under construction */
    void write(Graph graph, Weights frozen) {
        GraphBuilder b = new GraphBuilder(graph);
        List<TensorSpec> trainable = step.layout().tensors();
        Map<String, Value> parameters = new LinkedHashMap<>();
        trainable.forEach(t -> parameters.put(t.name(), input(graph, PARAMETER, t)));
        StepProgram.Batches batch = StepProgram.Batches.inputs(graph, step.type(), step.dropout());
        StepProgram.LossAndGradients result = step.gradients(b, frozen, parameters, batch);
        graph.output(LOSS, result.loss());
        for (int i = 0; i < trainable.size(); i++) {
            Value gradient = result.gradients().get(i);
            TensorSpec tensor = trainable.get(i);
            graph.output(GRADIENT + tensor.name(), accumulates ? b.add(input(graph, SUM, tensor), gradient) : gradient);
        }
    }

    private Value input(Graph graph, String prefix, TensorSpec tensor) {
        return graph.input(
                prefix + tensor.name(), step.type(), Shape.of(tensor.shape().toArray()));
    }
}
