package org.tunebench.train.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tunebench.core.input.InputException;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.SafetensorsWriter;

/** A run in the middle, on disk: the flat state and the number of steps taken. Data order follows from seed and step. */
record TrainingState(int steps, FlatState state) {
    private static final String STEPS = "steps";

    static Path file(Path run) {
        return run.resolve("train").resolve("state.safetensors");
    }

    void save(Path run) {
        SafetensorsWriter.write(
                file(run),
                Map.of(STEPS, Integer.toString(steps)),
                List.of(
                        tensor("parameters", state.parameters()),
                        tensor("first_moment", state.firstMoment()),
                        tensor("second_moment", state.secondMoment())));
    }

    private static FloatTensor tensor(String name, float[] values) {
        return FloatTensor.of(name, values, values.length);
    }

    /** The saved state of a run, if there is one. @param size parameters expected */
    static Optional<TrainingState> load(Path run, long size) {
        Path path = file(run);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        SafetensorsFile file = SafetensorsFile.open(path);
        FlatState state =
                new FlatState(file.floats("parameters"), file.floats("first_moment"), file.floats("second_moment"));
        if (state.parameters().length != size) {
            throw new InputException(
                    state.parameters().length + " trained parameters, expected " + size,
                    path.toString(),
                    "Resume with the recipe and base model the run was started with");
        }
        return Optional.of(new TrainingState(Integer.parseInt(file.metadata().getOrDefault(STEPS, "0")), state));
    }

    static void delete(Path run) {
        try {
            Files.deleteIfExists(file(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
