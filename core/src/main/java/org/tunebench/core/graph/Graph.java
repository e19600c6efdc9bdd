package org.tunebench.core.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph as it was written: inputs, initializers, nodes in order, outputs. The body of a Loop is a graph of its own that
 * sees the values of the graph around it. Not thread-safe.
 */
public final class Graph {
    private final String name;
    private final @Nullable Graph outer;
    private final List<Value> inputs = new ArrayList<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Initializer> initializers = new ArrayList<>();
    private final Map<Object, Value> constants = new HashMap<>();
    private final List<Boundary> boundaries = new ArrayList<>();
    private int names;

    public Graph(String name) {
        this.name = name;
        this.outer = null;
    }

    private Graph(String name, Graph outer) {
        this.name = name;
        this.outer = outer;
    }

    /** A graph for the body of a control-flow operator of this one. */
    public Graph body(String bodyName) {
        return new Graph(bodyName, this);
    }

    public String name() {
        return name;
    }

    public Value input(String inputName, DType type, Shape shape) {
        Value value = new Value(outer == null ? inputName : fresh(inputName), type, shape);
        inputs.add(value);
        return value;
    }

    /** Names a value as an output. Order matters for bodies, names for models. */
    public void output(String outputName, Value value) {
        String unique = outer == null ? outputName : fresh(outputName);
        if (outputs.putIfAbsent(unique, value) != null) {
            throw new IllegalArgumentException("output " + outputName + " is there already");
        }
    }

    /** A tensor with content, kept in the outermost graph and shared by equal content of at most 64 bytes. */
    public Value constant(DType type, Shape shape, ByteBuffer content) {
        Graph root = root();
        if (content.remaining() != shape.elements() * type.bytes()) {
            throw new IllegalArgumentException(content.remaining() + " bytes for " + type + shape);
        }
        Object key = content.remaining() > 64 ? new Object() : List.of(type, shape, content.duplicate());
        return root.constants.computeIfAbsent(key, k -> {
            Value value = new Value(root.fresh("const"), type, shape);
            root.initializers.add(new Initializer.Inline(value, content.order(ByteOrder.LITTLE_ENDIAN)));
            return value;
        });
    }

    /** A tensor whose content lies in a file beside the model. */
    public Value external(String tensorName, DType type, Shape shape, String file, long offset, long length) {
        Value value = new Value(tensorName, type, shape);
        root().initializers.add(new Initializer.External(value, file, offset, length));
        return value;
    }

    /** Appends an operator. */
    public void add(Node node) {
        nodes.add(node);
    }

    /** Puts operators before the one of an index, in their order. */
    public void insert(int index, List<Node> operators) {
        nodes.addAll(index, operators);
    }

    /**
     * A place between two layers.
     *
     * @param nodes operators written before it
     * @param value what the layer after it takes from all layers before
     */
    public record Boundary(int nodes, Value value) {}

    /** Marks the end of what was written so far as a boundary between layers. */
    public void boundary(Value value) {
        boundaries.add(new Boundary(nodes.size(), value));
    }

    public List<Boundary> boundaries() {
        return Collections.unmodifiableList(boundaries);
    }

    /** A value with a name no other value of the whole model has. */
    public Value newValue(String hint, DType type, Shape shape) {
        return new Value(fresh(hint), type, shape);
    }

    /** A symbol for a length that no other value has. */
    public Dim newSymbol(String hint) {
        return Dim.of(fresh(hint));
    }

    public List<Value> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    public Map<String, Value> outputs() {
        return Collections.unmodifiableMap(outputs);
    }

    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    public List<Initializer> initializers() {
        return Collections.unmodifiableList(initializers);
    }

    private Graph root() {
        Graph g = this;
        while (g.outer != null) {
            g = g.outer;
        }
        return g;
    }

    private String fresh(String hint) {
        return hint + "." + root().names++;
    }
}
