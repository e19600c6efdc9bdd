package org.tunebench.train.step;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.core.runtime.Tensors;

/**
 * The rate of plain matrix products of a model's own sizes, [tokens, in] · [in, out] for the modules of one layer and the
 * output projection, and nothing else.
 */
final class MatMulRate implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
    private final double flops;

    MatMulRate(Architecture model, int tokens) throws OrtException {
        Graph graph = new Graph("products");
        double sum = 0;
        int layers = model.config().layers();
        for (LinearModule module :
                model.linearModules().subList(0, model.linearModules().size() / layers)) {
            sum += product(graph, tokens, module.in(), module.out());
        }
        sum += product(
                graph, tokens, model.config().hiddenSize(), model.config().vocabularySize());
        flops = sum;
        session = Session.create(graph, Device.CPU, null);
    }

    private double product(Graph graph, long tokens, long in, long out) throws OrtException {
        int n = outputs.size();
        Value x = input(graph, "x" + n, tokens, in);
        Value w = input(graph, "w" + n, in, out);
        graph.output("y" + n, new GraphBuilder(graph).matMul(x, w));
        outputs.put("y" + n, tensor(tokens, out));
        return 2.0 * tokens * in * out;
    }

    private Value input(Graph graph, String name, long rows, long columns) throws OrtException {
        inputs.put(name, tensor(rows, columns));
        return graph.input(name, DType.FLOAT, Shape.of(rows, columns));
    }

    private static OnnxTensor tensor(long rows, long columns) throws OrtException {
        float[] numbers = new float[Math.toIntExact(rows * columns)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i % 13 - 6) * 0.1f;
        }
        return Tensors.of(numbers, rows, columns);
    }

    /** All products once. @return floating-point operations */
    double run() throws OrtException {
        session.run(inputs, outputs).close();
        return flops;
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
