package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.Json;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.SafetensorsWriter;
import org.tunebench.core.weights.StoredTensor;

class HalfWeightsTest {
    @TempDir
    Path root;

    @Test
    void score_bfloat16Weights_equalsTheSameNumbersInFloat() throws IOException {
        Path half = TinyModels.writeTo(root.resolve("half"), "llama-untied-biased");
        Path whole = TinyModels.writeTo(root.resolve("whole"), "llama-untied-biased");
        writeBfloat16(half.resolve("model.safetensors"));
        SafetensorsFile halves = SafetensorsFile.open(half.resolve("model.safetensors"));
        List<FloatTensor> floats = new ArrayList<>();
        for (StoredTensor t : halves.tensors().values()) {
            floats.add(FloatTensor.of(
                    t.name(),
                    halves.floats(t.name()),
                    t.shape().stream().mapToLong(l -> l).toArray()));
        }
        SafetensorsWriter.write(whole.resolve("model.safetensors"), Map.of(), floats);

        assertThat(scores(half)).containsExactly(scores(whole), within(1e-6));
        assertThat(scores(half)).isNotEqualTo(scores(TinyModels.writeTo(root.resolve("plain"), "llama-untied-biased")));
    }

    private static double[] scores(Path folder) {
        try (LanguageModel model = OnnxLanguageModel.open(ModelFolder.open(folder), Device.CPU)) {
            return model.score(List.of(new ScoreRequest(new int[] {5, 17}, new int[] {42, 3, 99, 7})))
                    .get(0)
                    .tokenLogProbs();
        }
    }

    /** Cuts every number of a file to the upper half of its bits. */
    private static void writeBfloat16(Path path) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(path);
        Map<String, Object> header = new LinkedHashMap<>();
        ByteBuffer data = ByteBuffer.allocate((int) Files.size(path)).order(ByteOrder.LITTLE_ENDIAN);
        for (StoredTensor tensor : file.tensors().values()) {
            int begin = data.position();
            for (float number : file.floats(tensor.name())) {
                data.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
            }
            header.put(
                    tensor.name(),
                    Map.of(
                            "dtype", "BF16",
                            "shape", tensor.shape(),
                            "data_offsets", List.of(begin, data.position())));
        }
        byte[] json = Json.MAPPER.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + json.length + data.position()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(json.length).put(json).put(data.flip());
        Files.write(path, all.array());
    }
}
