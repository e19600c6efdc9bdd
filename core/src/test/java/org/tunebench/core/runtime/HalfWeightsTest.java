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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({"BF16", "F16", "F32 BF16 F16"})
    void score_halfWeights_equalsTheSameNumbersInFloat(String types) throws IOException {
        Path half = TinyModels.writeTo(root.resolve("half"), "llama-untied-biased");
        Path whole = TinyModels.writeTo(root.resolve("whole"), "llama-untied-biased");
        rewrite(half.resolve("model.safetensors"), types);
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

    /** Cuts the numbers of a file to the types, one tensor after the other. */
    private static void rewrite(Path path, String types) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(path);
        Map<String, Object> header = new LinkedHashMap<>();
        ByteBuffer data = ByteBuffer.allocate((int) Files.size(path)).order(ByteOrder.LITTLE_ENDIAN);
        for (StoredTensor tensor : file.tensors().values()) {
            int begin = data.position();
            String type = types.split(" ")[header.size() % types.split(" ").length];
            for (float number : file.floats(tensor.name())) {
                int bits = Float.floatToRawIntBits(number);
                switch (type) {
                    case "F32" -> data.putFloat(number);
                    case "BF16" -> data.putShort((short) (bits >>> 16));
                    default -> data.putShort(half(bits));
                }
            }
            header.put(
                    tensor.name(),
                    Map.of("dtype", type, "shape", tensor.shape(), "data_offsets", List.of(begin, data.position())));
        }
        byte[] json = Json.MAPPER.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + json.length + data.position()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(json.length).put(json).put(data.flip());
        Files.write(path, Arrays.copyOf(all.array(), all.position()));
    }

    /** Half precision by cutting; numbers too small for its exponent become 0. */
    private static short half(int bits) {
        int exponent = (bits >>> 23 & 0xff) - 112;
        return (short) (exponent < 1 ? 0 : bits >>> 16 & 0x8000 | exponent << 10 | bits >>> 13 & 0x3ff);
    }
}
