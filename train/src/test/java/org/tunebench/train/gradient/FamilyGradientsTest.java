package org.tunebench.train.gradient;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.Masks;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.model.Weights;
import org.tunebench.core.testing.TinyModels;

/** The gradient of every parameter of every family against central differences in float64. */
class FamilyGradientsTest {
    static final List<String> MODELS = List.of(
            "llama-untied-biased",
            "mistral-untied",
            "qwen2-tied",
            "qwen3-untied-biased",
            "gpt2-tied",
            "gemma2-tied",
            "phi3-untied");
    private static final int VOCABULARY = 320;
    private static final int TIME = 6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("MODELS")
    void of_wholeModel_agreesWithCentralDifferencesInFloat64(String name) throws Exception {
        ModelFolder model = TinyModels.open(folder, name);
        Architecture architecture = model.architecture();
        Graph graph = new Graph(name);
        GraphBuilder b = new GraphBuilder(graph);
        Random random = new Random(3);
        Map<String, Value> parameters = new LinkedHashMap<>();
        Map<String, Evaluation.Tensor> feeds = new LinkedHashMap<>();
        for (TensorSpec spec : architecture.tensors()) {
            Value input =
                    graph.input(spec.name(), DType.DOUBLE, Shape.of(spec.shape().toArray()));
            parameters.put(spec.name(), input);
            feeds.put(input.name(), tensor(spec, model.floats(spec.name())));
        }
        Value logits = logits(b, architecture, parameters, random);
        double[] weights = random.doubles((long) TIME * VOCABULARY, -1, 1).toArray();
        Value weighted = b.mul(b.logSoftmax(logits, -1), b.tensor(DType.DOUBLE, Shape.of(TIME, VOCABULARY), weights));
        Value loss = b.reduceSum(weighted, false, 0, 1);
        List<Value> gradients = Gradients.of(b, loss, List.copyOf(parameters.values()));
        graph.output("loss", loss);
        List<String> names = new ArrayList<>(parameters.keySet());
        for (int i = 0; i < names.size(); i++) {
            graph.output("d" + names.get(i), gradients.get(i));
        }
        CentralDifferences.check(graph, feeds, 1e-5, 1e-6, 3);
    }

    private static Value logits(
            GraphBuilder b, Architecture architecture, Map<String, Value> parameters, Random random) {
        Weights weights = new Weights() {
            @Override
            public DType type() {
                return DType.DOUBLE;
            }

            @Override
            public Value tensor(String name) {
                return parameters.get(name);
            }
        };
        Shape tokens = Shape.of(2, TIME / 2);
        Value ids = b.tensor(
                DType.INT64,
                tokens,
                random.ints(TIME, 0, VOCABULARY).asDoubleStream().toArray());
        Value positions = b.tensor(DType.INT64, tokens, 0, 1, 2, 0, 1, 2);
        Value segments = b.tensor(DType.INT64, tokens, 1, 1, 1, 1, 1, 1);
        Value mask = Masks.causal(b, segments, DType.DOUBLE);
        DecoderInputs inputs = new DecoderInputs(ids, positions, mask, KeyValues.ownOnly());
        Value hidden = architecture.hidden(b, weights, inputs);
        return architecture.logits(b, weights, b.reshape(hidden, Shape.of(TIME, hidden.dim(-1))));
    }

    private static Evaluation.Tensor tensor(TensorSpec spec, float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return new Evaluation.Tensor(
                wide, spec.shape().stream().mapToLong(Long::longValue).toArray());
    }
}
