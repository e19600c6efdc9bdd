package org.tunebench.train.ort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Node;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;

/**
 * The model that a training session runs on each micro-batch: a loss, and its gradients added to what the session has
 * accumulated. The session's side of the inputs and outputs is told from their names.
 *
 * @param trainable parameters of the model, float
 */
public record TrainingModel(Graph graph, List<TensorSpec> trainable) {
    static final String LOSS = "loss";
    static final String GRADIENT_SQUARES = "gradient_squares";
    static final String LAST = "last_of_step";
    private static final double CLIP_EPSILON = 1e-6; // torch.nn.utils.clip_grad_norm_

    /** A scalar loss and its gradients in the order of the parameters. */
    public record LossAndGradients(Value loss, List<Value> gradients) {}

    /** Writes the loss and its gradients. */
    @FunctionalInterface
    public interface Body {
        /** @param parameters the trainable tensors by name */
        LossAndGradients write(GraphBuilder b, Map<String, Value> parameters);
    }

    /**
     * Completes a graph that has its inputs.
     *
     * <p>Its outputs: the loss, and the sum of the squares of all gradients accumulated so far, since the API does not give
     * their norm. Squares are summed row by row first, so that float sums stay short. After a step's last micro-batch the
     * gradients are clipped here: InplaceClipGradNorm, which is meant for the optimizer model, adds up the tensors in the
     * order of a hash table, which is another in each process.
     *
     * @param maxGradNorm the global L2 norm that gradients are scaled down to; 0 does not clip
     */
    public static TrainingModel of(Graph graph, List<TensorSpec> trainable, double maxGradNorm, Body body) {
        GraphBuilder b = new GraphBuilder(graph);
        Value last = graph.input(LAST, DType.BOOL, Shape.SCALAR);
        Map<String, Value> parameters = new LinkedHashMap<>();
        for (TensorSpec spec : trainable) {
            parameters.put(spec.name(), graph.input(spec.name(), DType.FLOAT, shape(spec)));
        }
        List<Value> buffers = new ArrayList<>();
        for (TensorSpec spec : trainable) {
            String name = spec.name() + "_grad.accumulation.buffer";
            buffers.add(graph.input(name, DType.FLOAT, shape(spec)));
        }
        Value reset = graph.input("lazy_reset_grad", DType.BOOL, Shape.of(1));
        LossAndGradients result = body.write(b, parameters);

        List<Value> sums = new ArrayList<>();
        List<Value> squares = new ArrayList<>();
        for (int i = 0; i < buffers.size(); i++) {
            Value sum = accumulated(graph, buffers.get(i), result.gradients().get(i), reset);
            sums.add(sum);
            squares.add(b.reshape(squares(b, sum), Shape.of(1)));
        }
        Value square = b.reduceSum(b.concat(0, squares), false, 0);
        graph.output(LOSS, result.loss());
        graph.output(GRADIENT_SQUARES, square);

        List<Value> clipped = maxGradNorm == 0 ? sums : clipped(b, sums, square, maxGradNorm, last);
        for (int i = 0; i < clipped.size(); i++) {
            graph.output(trainable.get(i).name() + "_grad.accumulation.out", clipped.get(i));
        }
        return new TrainingModel(graph, List.copyOf(trainable));
    }

    private static List<Value> clipped(GraphBuilder b, List<Value> sums, Value square, double maxNorm, Value last) {
        Value one = b.scalar(DType.FLOAT, 1);
        Value norm = b.add(b.sqrt(square), b.scalar(DType.FLOAT, CLIP_EPSILON));
        Value scale = b.where(last, b.min(one, b.div(b.scalar(DType.FLOAT, maxNorm), norm)), one);
        Value overwrite = b.tensor(DType.BOOL, Shape.of(1), 1);
        return sums.stream()
                .map(sum -> accumulated(b.graph(), sum, b.mul(sum, scale), overwrite))
                .toList();
    }

    /**
     * {@code buffer ← gradient} where the buffer is to be reset, else {@code buffer + gradient}. @return the buffer, written
     * in place
     */
    private static Value accumulated(Graph graph, Value buffer, Value gradient, Value reset) {
        Value updated = graph.newValue("updated", DType.BOOL, Shape.of(1));
        Value sum = graph.newValue("accumulated", buffer.type(), buffer.shape());
        graph.add(new Node(
                "InPlaceAccumulatorV2",
                "com.microsoft",
                List.of(buffer, gradient, reset),
                List.of(updated, sum),
                Map.of()));
        return sum;
    }

    private static Value squares(GraphBuilder b, Value a) {
        Value rows = a;
        for (int rank = a.rank(); rank > 0; rank--) {
            Shape shape = new Shape(a.shape().dims().subList(0, rank - 1));
            Map<String, Object> attributes = Map.of("keepdims", 0L);
            String operator = rank == a.rank() ? "ReduceSumSquare" : "ReduceSum";
            rows = b.node(operator, "", List.of(rows, b.longs(-1)), a.type(), shape, attributes);
        }
        return rows;
    }

    private static Shape shape(TensorSpec spec) {
        return Shape.of(spec.shape().toArray());
    }
}
