package org.tunebench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.core.testing.TinyModels;

/** Logits of every family. Goldens: transformers 5.23.0, src/test/python/tiny_models.py. */
class FamiliesAgainstTransformersTest {
    static final List<String> MODELS = Stream.concat(TinyModels.NAMES.stream(), TinyModels.ADAPTERS.stream())
            .toList();

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("MODELS")
    void logits_tinyRandomModel_areTransformers(String name) {
        ModelFolder model = TinyModels.open(folder, name);
        Graph graph = new Graph(name);
        GraphBuilder b = new GraphBuilder(graph);
        Value ids = graph.input("ids", DType.INT64, Shape.of(1, "time"));
        Value positions = graph.input("positions", DType.INT64, Shape.of(1, "time"));
        Value mask = Masks.causal(b, b.sub(positions, positions), DType.FLOAT);
        Weights weights = model.weights(b);
        DecoderInputs inputs = new DecoderInputs(ids, positions, mask, KeyValues.ownOnly());
        Value hidden = model.architecture().hidden(b, weights, inputs);
        graph.output("logits", model.architecture().logits(b, weights, b.squeeze(hidden, 0)));

        try (Session session = Session.open(graph, Device.CPU, model.weightsRoot())) {
            for (JsonNode row : TinyModels.golden(name)) {
                long[] prompt = new long[row.path("prompt").size()];
                Arrays.setAll(prompt, i -> row.path("prompt").get(i).asLong());
                long[] counted = new long[prompt.length];
                Arrays.setAll(counted, i -> i);
                float[] logits = session.run(new Session.Feeds()
                                .longs("ids", prompt, 1, prompt.length)
                                .longs("positions", counted, 1, prompt.length))
                        .floats("logits");
                int vocabulary = model.config().vocabularySize();
                for (int token = 0; token < vocabulary; token++) {
                    assertThat((double) logits[(prompt.length - 1) * vocabulary + token])
                            .as("logit of token %d after %s", token, row.path("prompt"))
                            .isCloseTo(row.path("last_logits").get(token).asDouble(), within(1e-4));
                }
            }
        }
    }
}
