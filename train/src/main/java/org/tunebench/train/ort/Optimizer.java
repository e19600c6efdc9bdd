package org.tunebench.train.ort;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.OnnxModel;

/**
 * AdamW as torch.optim.AdamW computes it, over one group of parameters: ONNX Runtime's training API knows no second group.
 *
 * @param epsilon added to the corrected root of the second moment
 */
public record Optimizer(double beta1, double beta2, double epsilon, double weightDecay) {
    private static final String MICROSOFT = "com.microsoft";
    private static final int IR_VERSION = 10;

    /**
     * The optimizer model, with the inputs that the training session asks for, in its order: learning_rate, step [1] and the
     * sequences params, gradients, first_order_moments, second_order_moments, which are changed in place.
     */
    byte[] model() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("optimizer")
                .addInput(tensor("learning_rate", DType.FLOAT))
                .addInput(tensor("step", DType.INT64));
        for (String name : List.of("params", "gradients", "first_order_moments", "second_order_moments")) {
            graph.addInput(sequence(name));
        }
        graph.addNode(node(
                        "AdamWOptimizer",
                        List.of(
                                "learning_rate",
                                "step",
                                "params",
                                "gradients",
                                "first_order_moments",
                                "second_order_moments"),
                        "updated_flag")
                .addAttribute(number("alpha", beta1))
                .addAttribute(number("beta", beta2))
                .addAttribute(number("epsilon", epsilon))
                .addAttribute(number("weight_decay", weightDecay))
                .addAttribute(flag("adam_mode", 0)) // torch's: decay first, ε beside the corrected root
                .addAttribute(flag("correct_bias", 1)));
        graph.addOutput(tensor("updated_flag", DType.BOOL));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("tunebench")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxModel.OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setDomain(MICROSOFT)
                .addAllInput(inputs)
                .addOutput(output);
    }

    private static AttributeProto number(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }

    private static AttributeProto flag(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    /** A tensor of one element. */
    private static ValueInfoProto tensor(String name, DType type) {
        TensorShapeProto one = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.onnx())
                                .setShape(one)))
                .build();
    }

    /** A sequence of float tensors. */
    private static ValueInfoProto sequence(String name) {
        TypeProto floats = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DType.FLOAT.onnx()))
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(floats)))
                .build();
    }
}
