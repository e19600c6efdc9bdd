package org.tunebench.train.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.Graph.Boundary;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Node;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/**
 * Writes the gradients of a scalar loss behind the operators that compute it (reverse accumulation, Linnainmaa 1970). Only
 * operators on a way from a wanted value to the loss are differentiated, so frozen weights cost nothing.
 */
public final class Gradients {
    private final GraphBuilder b;
    private final Set<String> dependent;
    private final Differentiation way;
    private final Map<String, Value> gradients = new HashMap<>();

    private Gradients(GraphBuilder b, Set<String> dependent, Differentiation way) {
        this.b = b;
        this.dependent = dependent;
        this.way = way;
    }

    /**
     * The gradients of a loss.
     *
     * @param b a builder of the graph in which the loss was written
     * @param loss a scalar
     * @param wanted values of floating type, of this graph or one around it
     * @return a gradient for each wanted value, of its shape, in order; zeros for one that the loss does not depend on
     * @throws IllegalArgumentException naming the operator, where one on the way has no rule
     */
    public static List<Value> of(GraphBuilder b, Value loss, List<Value> wanted) {
        if (!loss.shape().equals(Shape.SCALAR)) {
            throw new IllegalArgumentException("the loss must be a scalar, got " + loss);
        }
        return of(b, loss, b.scalar(loss.type(), 1), wanted);
    }

    /**
     * The gradients of a loss whose gradient with respect to one value of the graph is known already.
     *
     * @param output a value that the loss depends on; on no other way may it depend on a wanted one
     * @param outputGradient of the output's shape
     * @return as {@link #of(GraphBuilder, Value, List)}
     */
    public static List<Value> of(GraphBuilder b, Value output, Value outputGradient, List<Value> wanted) {
        return of(b, output, outputGradient, wanted, Differentiation.PLAIN);
    }

    /** As {@link #of(GraphBuilder, Value, Value, List)}, in a way of the caller's choice. */
    public static List<Value> of(
            GraphBuilder b, Value output, Value outputGradient, List<Value> wanted, Differentiation way) {
        List<Node> forward = List.copyOf(b.graph().nodes());
        Gradients sweep = new Gradients(b, dependent(forward, wanted), way);
        sweep.gradients.put(output.name(), outputGradient);
        int end = forward.size();
        List<Boundary> boundaries = way.recompute() ? b.graph().boundaries() : List.of();
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            Boundary at = boundaries.get(i);
            if (i == boundaries.size() - 1) {
                sweep.back(forward.subList(at.nodes(), end));
            } else {
                sweep.backAgain(
                        forward.subList(at.nodes(), end),
                        at.value(),
                        boundaries.get(i + 1).value());
            }
            end = at.nodes();
        }
        sweep.back(forward.subList(0, end));
        List<Value> result = new ArrayList<>();
        for (Value value : wanted) {
            Value gradient = sweep.gradients.get(value.name());
            result.add(gradient == null ? b.zerosLike(value) : gradient);
        }
        return result;
    }

    /** Goes back through operators, the last one first. */
    private void back(List<Node> operators) {
        for (int i = operators.size() - 1; i >= 0; i--) {
            Node node = operators.get(i);
            List<@Nullable Value> outputGradients = new ArrayList<>();
            node.outputs().forEach(v -> outputGradients.add(gradients.get(v.name())));
            boolean reached = outputGradients.stream().anyMatch(g -> g != null);
            boolean needed = node.outputs().stream().anyMatch(v -> dependent.contains(v.name()));
            if (reached && needed) {
                Backward at = new Backward(b, node, outputGradients, dependent, gradients, way);
                add(node, Rules.of(node).inputGradients(at));
            }
        }
    }

    /** Goes back through the operators of a layer on values that are computed again. */
    private void backAgain(List<Node> operators, Value input, Value output) {
        Value gradient = gradients.remove(output.name());
        if (gradient == null) {
            return;
        }
        Replay replay = Replay.of(b, operators, input, gradient);
        replay.replaced().forEach((original, copy) -> {
            if (dependent.contains(original)) {
                dependent.add(copy.name());
            }
        });
        gradients.put(replay.of(output).name(), gradient);
        int from = b.graph().nodes().size();
        back(replay.operators());
        replay.write(from);
        Value inputGradient = gradients.remove(replay.of(input).name());
        if (inputGradient != null) {
            gradients.merge(input.name(), inputGradient, b::add);
        }
    }

    /** Names of the values that change when a wanted one changes. */
    private static Set<String> dependent(List<Node> forward, List<Value> wanted) {
        Set<String> names = new HashSet<>();
        wanted.forEach(v -> names.add(v.name()));
        for (Node node : forward) {
            if (node.inputs().stream().anyMatch(v -> v != null && names.contains(v.name()))) {
                node.outputs().stream().filter(v -> v.type().floating()).forEach(v -> names.add(v.name()));
            }
        }
        return names;
    }

    private void add(Node node, List<@Nullable Value> inputGradients) {
        for (int i = 0; i < inputGradients.size(); i++) {
            Value input = node.inputs().get(i);
            Value gradient = inputGradients.get(i);
            if (input == null || gradient == null || !dependent.contains(input.name())) {
                continue;
            }
            if (!gradient.shape().equals(input.shape()) || gradient.type() != input.type()) {
                throw new IllegalStateException(
                        "rule of " + node.operator() + " gave " + gradient + " for input " + i + ", " + input);
            }
            gradients.merge(input.name(), gradient, b::add);
        }
    }
}
