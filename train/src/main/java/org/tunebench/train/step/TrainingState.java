package org.tunebench.train.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.core.weights.SafetensorsFile;
import org.tunebench.core.weights.SafetensorsWriter;

/**
 * A run in the middle, on disk. Data order and learning rate follow from recipe and step, what early stopping knows from
 * evaluations.jsonl.
 *
 * @param steps optimizer steps taken
 * @param best the weights that are to be the checkpoint, where they are not the last ones
 */
record TrainingState(int steps, FlatState state, @Nullable Best best) {
    private static final String STEPS = "steps";
    private static final String BEST_STEP = "best_step";
    private static final String BEST = "best_parameters";

    /** Weights of the lowest held-out loss so far, [P]. @param step after which */
    record Best(int step, float[] parameters) {}

    static Path file(Path run) {
        return run.resolve("train").resolve("state.safetensors");
    }

    /** Writes it in the place of an older one, which stays until this one is whole and on the disk. */
    void save(Path run) {
        Map<String, String> metadata = new HashMap<>(Map.of(STEPS, Integer.toString(steps)));
        List<FloatTensor> tensors = new ArrayList<>(List.of(
                tensor("parameters", state.parameters()),
                tensor("first_moment", state.firstMoment()),
                tensor("second_moment", state.secondMoment())));
        if (best != null) {
            metadata.put(BEST_STEP, Integer.toString(best.step()));
            tensors.add(tensor(BEST, best.parameters()));
        }
        SafetensorsWriter.write(file(run), metadata, tensors);
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
        String bestStep = file.metadata().get(BEST_STEP);
        Best best = bestStep == null ? null : new Best(Integer.parseInt(bestStep), file.floats(BEST));
        return Optional.of(new TrainingState(Integer.parseInt(file.metadata().getOrDefault(STEPS, "0")), state, best));
    }

    static void delete(Path run) {
        try {
            Files.deleteIfExists(file(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
