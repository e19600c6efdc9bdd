package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.testing.TinyModels;

class SessionTest {
    @TempDir
    Path root;

    @Test
    void packs_weightsOfAQuarterOfTheMemory_areTheMost() {
        ModelFolder model = ModelFolder.open(TinyModels.writeTo(root.resolve("tiny"), "llama-tied"));
        Graph score = ScoreProgram.of(model);

        assertThat(Session.packs(score, 16 * model.parameters())).isTrue();
        assertThat(Session.packs(score, 16 * model.parameters() - 1)).isFalse();
    }

    @Test
    void create_weightsThatAreNotPacked_givesTheSameNumbers() throws OrtException {
        ModelFolder model = ModelFolder.open(TinyModels.writeTo(root.resolve("tiny"), "llama-untied-biased"));
        try (OrtSession packed = Session.create(ScoreProgram.of(model), Device.CPU, model.weightsRoot(), 1L << 40);
                OrtSession mapped = Session.create(ScoreProgram.of(model), Device.CPU, model.weightsRoot(), 0)) {
            assertThat(logProbs(model.config(), mapped))
                    .containsExactly(logProbs(model.config(), packed), within(1e-5f));
        }
    }

    private static float[] logProbs(ModelConfig config, OrtSession session) throws OrtException {
        Map<String, OnnxTensor> feeds = new HashMap<>(Map.of(
                "ids", Tensors.of(new long[] {5, 17, 42}, 1, 3),
                "positions", Tensors.of(new long[] {0, 1, 2}, 1, 3),
                "ends", Tensors.of(new long[] {3, 3, 3}, 1, 3),
                "rows", Tensors.of(new long[] {0, 1, 2}, 3),
                "picks", Tensors.of(new long[] {17, 320 + 42, 640 + 3}, 3)));
        for (int i = 0; i < 2 * config.layers(); i++) {
            feeds.put("past." + i, Tensors.of(new float[0], 1, config.keyValueHeads(), 0, config.headSize()));
        }
        try (OrtSession.Result result = session.run(feeds)) {
            return Outputs.copyOf(result).floats("log_probs");
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }
}
