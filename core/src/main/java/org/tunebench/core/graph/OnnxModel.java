package org.tunebench.core.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ONNX form of a graph: opset 21 of ai.onnx, opset 1 of com.microsoft. */
public final class OnnxModel {
    /** Opset with a kernel for every operator used here on CPU and CUDA. */
    public static final int OPSET = 21;

    private static final int IR_VERSION = 10;

    private OnnxModel() {}

    /** The serialized ModelProto. */
    public static byte[] bytes(Graph graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("tunebench")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("com.microsoft")
                        .setVersion(1))
                .setGraph(graph(graph, Map.of()))
                .build()
                .toByteArray();
    }

    /**
     * @param outer the names that values of the graphs around this one go by, where they are not their own
     */
    private static GraphProto graph(Graph graph, Map<String, String> outer) {
        Map<String, String> names = new HashMap<>(outer);
        outputNames(graph).forEach(names::putIfAbsent);
        GraphProto.Builder proto = GraphProto.newBuilder().setName(graph.name());
        graph.inputs().forEach(v -> proto.addInput(info(v.name(), v)));
        graph.initializers().forEach(i -> proto.addInitializer(initializer(i)));
        graph.nodes().forEach(n -> proto.addNode(node(n, names)));
        graph.outputs().forEach((outputName, value) -> {
            if (!name(value, names).equals(outputName)) {
                proto.addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput(name(value, names))
                        .addOutput(outputName));
            }
            proto.addOutput(info(outputName, value));
        });
        return proto.build();
    }

    /**
     * Values that go by the name of an output: those that a node of this graph makes. An Identity in their place would copy
     * them, in a loop in every round. The other outputs are inputs, initializers, or values that are outputs twice.
     */
    private static Map<String, String> outputNames(Graph graph) {
        Set<String> made = new HashSet<>();
        graph.nodes().forEach(n -> n.outputs().forEach(v -> made.add(v.name())));
        Map<String, String> names = new HashMap<>();
        graph.outputs().forEach((outputName, value) -> {
            if (made.contains(value.name())) {
                names.putIfAbsent(value.name(), outputName);
            }
        });
        return names;
    }

    private static String name(Value value, Map<String, String> names) {
        return names.getOrDefault(value.name(), value.name());
    }

    private static ValueInfoProto info(String name, Value value) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Dim dim : value.shape().dims()) {
            TensorShapeProto.Dimension.Builder d = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dim.known() ? d.setDimValue(dim.size()) : d.setDimParam(dim.toString()));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(value.type().onnx())
                                .setShape(shape)))
                .build();
    }

    private static TensorProto initializer(Initializer initializer) {
        Value value = initializer.value();
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(value.name())
                .setDataType(value.type().onnx());
        value.shape().dims().forEach(d -> proto.addDims(d.size()));
        if (initializer instanceof Initializer.External external) {
            proto.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", external.file()))
                    .addExternalData(entry("offset", Long.toString(external.offset())))
                    .addExternalData(entry("length", Long.toString(external.length())));
        } else if (initializer instanceof Initializer.Inline inline) {
            proto.setRawData(ByteString.copyFrom(inline.content().duplicate()));
        }
        return proto.build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static NodeProto node(Node node, Map<String, String> names) {
        NodeProto.Builder proto =
                NodeProto.newBuilder().setOpType(node.operator()).setDomain(node.domain());
        node.inputs().forEach(v -> proto.addInput(v == null ? "" : name(v, names)));
        node.outputs().forEach(v -> proto.addOutput(name(v, names)));
        node.attributes().forEach((name, value) -> proto.addAttribute(attribute(name, value, names)));
        return proto.build();
    }

    private static AttributeProto attribute(String name, Object value, Map<String, String> names) {
        AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long v) {
            return proto.setType(AttributeProto.AttributeType.INT).setI(v).build();
        } else if (value instanceof Float v) {
            return proto.setType(AttributeProto.AttributeType.FLOAT).setF(v).build();
        } else if (value instanceof String v) {
            return proto.setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(v))
                    .build();
        } else if (value instanceof long[] v) {
            List<Long> longs = new ArrayList<>();
            for (long l : v) {
                longs.add(l);
            }
            return proto.setType(AttributeProto.AttributeType.INTS)
                    .addAllInts(longs)
                    .build();
        } else if (value instanceof Graph v) {
            return proto.setType(AttributeProto.AttributeType.GRAPH)
                    .setG(graph(v, names))
                    .build();
        }
        throw new IllegalArgumentException("attribute " + name + " of " + value.getClass());
    }
}
