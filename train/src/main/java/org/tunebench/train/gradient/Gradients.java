package org.tunebench.train.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Node;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;

/**
 * Writes the gradients of a scalar loss behind the operators that compute it (reverse accumulation, Linnainmaa 1970). Only
 * operators on a way from a wanted value to the loss are differentiated, so frozen weights cost nothing.
 */
public final class Gradients {
    private Gradients() {}

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
        List<Node> forward = List.copyOf(b.graph().nodes());
        Set<String> dependent = dependent(forward, wanted);
        Map<String, Value> gradients = new HashMap<>();
        gradients.put(output.name(), outputGradient);
        for (int i = forward.size() - 1; i >= 0; i--) {
            Node node = forward.get(i);
            List<@Nullable Value> outputGradients = new ArrayList<>();
            node.outputs().forEach(v -> outputGradients.add(gradients.get(v.name())));
            boolean reached = outputGradients.stream().anyMatch(g -> g != null);
            boolean needed = node.outputs().stream().anyMatch(v -> dependent.contains(v.name()));
            if (reached && needed) {
                Backward at = new Backward(b, node, outputGradients, dependent, gradients);
                add(b, gradients, node, Rules.of(node).inputGradients(at), dependent);
            }
        }
        List<Value> result = new ArrayList<>();
        for (Value value : wanted) {
            Value gradient = gradients.get(value.name());
            result.add(gradient == null ? b.zerosLike(value) : gradient);
        }
        return result;
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

    private static void add(
            GraphBuilder b,
            Map<String, Value> gradients,
            Node node,
            List<@Nullable Value> inputGradients,
            Set<String> dependent) {
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
