package org.tunebench.train.ort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.weights.FloatTensor;

class CheckpointFileTest {
    @TempDir
    Path folder;

    @Test
    void read_ofWhatWasWritten_isTheSameInTheOrderAskedFor() throws IOException {
        Path file = folder.resolve("state.odtc");
        SessionState state = new SessionState(
                1L << 40,
                List.of(tensor("b", 1), tensor("a", 2)),
                List.of(tensor("b", 3), tensor("a", 4)),
                List.of(tensor("b", 5), tensor("a", 6)));
        CheckpointFile.write(file, state);

        SessionState read = CheckpointFile.read(file, List.of(TensorSpec.of("a", 2, 3), TensorSpec.of("b", 2, 3)));

        assertThat(read.steps()).isEqualTo(1L << 40);
        assertThat(read.parameters()).containsExactly(tensor("a", 2), tensor("b", 1));
        assertThat(read.firstMoments()).containsExactly(tensor("a", 4), tensor("b", 3));
        assertThat(read.secondMoments()).containsExactly(tensor("a", 6), tensor("b", 5));
    }

    @Test
    void write_anyState_carriesTheIdentifierBehindTheRootOffset() throws IOException {
        Path file = folder.resolve("state.odtc");
        List<FloatTensor> one = List.of(tensor("a", 1));
        CheckpointFile.write(file, new SessionState(0, one, one, one));
        assertThat(new String(Files.readAllBytes(file), 4, 4, StandardCharsets.US_ASCII))
                .isEqualTo("ODTC");
    }

    private static FloatTensor tensor(String name, int first) {
        return FloatTensor.of(name, new float[] {first, 0.5f, -1, 0, Float.MIN_VALUE, 1e30f}, 2, 3);
    }
}
