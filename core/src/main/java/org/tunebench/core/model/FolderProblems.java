package org.tunebench.core.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tunebench.core.input.InputException;

/** Everything that keeps a model folder from being opened, found at once where {@link ModelFolder#open} stops at the first. */
public final class FolderProblems {
    private final List<InputException> found = new ArrayList<>();

    private FolderProblems() {}

    /**
     * Looks through a folder.
     *
     * @param bases from {@code base_model_name_or_path} of an adapter to the base model's folder
     * @return none where the folder can be opened
     */
    public static List<InputException> of(Path folder, Function<String, Path> bases) {
        FolderProblems problems = new FolderProblems();
        problems.collect(folder, bases);
        return List.copyOf(problems.found);
    }

    private void collect(Path folder, Function<String, Path> bases) {
        if (attempt(() -> ModelFolder.requireFolder(folder)).isEmpty()) {
            return;
        }
        attempt(() -> {
            CompletionMarker.require(folder);
            return folder;
        });
        if (!LoraAdapter.isIn(folder)) {
            whole(folder);
            return;
        }
        Optional<LoraConfig> lora = attempt(() -> LoraKeys.read(folder.resolve(LoraAdapter.CONFIG)));
        Optional<Path> base = lora.flatMap(l -> attempt(() -> ModelFolder.baseOf(folder, l, bases)));
        Optional<Architecture> architecture = base.flatMap(this::whole);
        architecture.ifPresent(a -> attempt(() -> LoraAdapter.read(folder, lora.orElseThrow(), a.linearModules())));
    }

    private Optional<Architecture> whole(Path folder) {
        Optional<Architecture> architecture =
                attempt(() -> Families.read(ModelFolder.requireFile(folder, "config.json")));
        Optional<WeightFiles> weights = attempt(() -> WeightFiles.open(folder));
        if (architecture.isPresent() && weights.isPresent()) {
            attempt(() -> weights.get().of(architecture.get(), folder));
        }
        attempt(() -> ModelFolder.requireFile(folder, "tokenizer.json"));
        return architecture;
    }

    private <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InputException e) {
            found.add(e);
            return Optional.empty();
        }
    }
}
