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
import org.tunebench.core.graph.Value;

/**
 * The operators of a layer once more, on values of their own.
 *
 * @param operators copies, not yet in the graph
 * @param replaced by the name of an original value, its copy
 */
record Replay(GraphBuilder b, List<Node> operators, Map<String, Value> replaced) {

    /**
     * Copies operators that read a layer's input.
     *
     * @param gradient of the layer's result, and of the input's shape: the copies take the input through a reshape to this
     *     shape, which costs nothing, so that ONNX Runtime can neither run them before the gradient is there nor find that
     *     they are what it has computed already
     */
    static Replay of(GraphBuilder b, List<Node> originals, Value input, Value gradient) {
        Map<String, Value> replaced = new HashMap<>();
        replaced.put(
                input.name(),
                b.node(
                        "Reshape",
                        "",
                        List.of(input, b.shapeOf(gradient, 0, gradient.rank())),
                        input.type(),
                        input.shape(),
                        Map.of()));
        List<Node> copies = new ArrayList<>();
        for (Node node : originals) {
            List<@Nullable Value> inputs = new ArrayList<>();
            node.inputs().forEach(v -> inputs.add(v == null ? null : replaced.getOrDefault(v.name(), v)));
            List<Value> outputs = new ArrayList<>();
            for (Value v : node.outputs()) {
                Value copy = b.graph().newValue("again", v.type(), v.shape());
                replaced.put(v.name(), copy);
                outputs.add(copy);
            }
            copies.add(new Node(node.operator(), node.domain(), inputs, outputs, node.attributes()));
        }
        return new Replay(b, copies, replaced);
    }

    /** The copy of a value. */
    Value of(Value original) {
        return replaced.getOrDefault(original.name(), original);
    }

    /** Puts those copies into the graph, before an index, whose values the operators from that index on read. */
    void write(int index) {
        Set<String> read = new HashSet<>();
        List<Node> readers = b.graph().nodes();
        readers.subList(index, readers.size()).forEach(node -> read(node, read));
        List<Node> needed = new ArrayList<>();
        for (int i = operators.size() - 1; i >= 0; i--) {
            Node node = operators.get(i);
            if (node.outputs().stream().anyMatch(v -> read.contains(v.name()))) {
                needed.add(0, node);
                read(node, read);
            }
        }
        b.graph().insert(index, needed);
    }

    private static void read(Node node, Set<String> names) {
        node.inputs().forEach(v -> {
            if (v != null) {
                names.add(v.name());
            }
        });
    }
}
