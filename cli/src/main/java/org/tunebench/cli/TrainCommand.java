package org.tunebench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.recipe.PublishedRecipes;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Preparation;
import org.tunebench.train.step.Runner;
import org.tunebench.train.step.Trainer;
import org.tunebench.train.step.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code train}: one recipe → one checkpoint folder. */
@Command(name = "train", description = "Trains one recipe into a run folder.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Parameters(
            paramLabel = "RECIPE",
            description = "YAML file: what to train, on what, how; or a published recipe's name, with --data.")
    private Path recipeFile = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "A file or folder to train on, in place of the recipe's data; several are given one by one.")
    private List<Path> data = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run folder to make.")
    private Path out = Path.of("");

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "The base model folder, or embedded; default: the recipe's base.")
    private @Nullable String base;

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Option(
            names = "--runner",
            paramLabel = "RUNNER",
            defaultValue = "auto",
            description = "What takes the steps: auto, loop or ort-training (default: ${DEFAULT-VALUE}).")
    private String runner = "auto";

    @Mixin
    private FilterInputOptions outside = new FilterInputOptions();

    @Option(names = "--resume", description = "Go on with the run in the folder.")
    private boolean resume;

    @Mixin
    private MemoryOption memory = new MemoryOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--dry-run", description = "Read and check everything, show what would be trained, train nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Recipe recipe = recipe();
        String baseName = base != null ? base : recipe.base();
        if (baseName == null) {
            throw new InputException(
                    "no base model is named",
                    recipeFile.toString(),
                    "Add the key base to the recipe, or give --base DIR");
        }
        ModelFolder model = Models.open(baseName);
        Device on = device.device();
        TrainingJob job = new TrainingJob(
                recipe.withBase(Models.source(baseName))
                        .fittedTo(model.parameters(), model.config().contextLength()),
                model,
                Models.source(baseName),
                on,
                out,
                recipe.name(),
                resume,
                memory.checked(),
                Runner.of(runner),
                outside.inputs(on, recipeFile.resolveSibling(recipe.name() + ".judge.jsonl")));
        if (dryRun) {
            Preparation prepared = Preparation.of(job);
            System.out.println(prepared.summary());
            System.out.println(prepared.plan().steps() + " optimizer steps");
            System.out.println("about " + prepared.memory(job) + " of main memory on a CPU");
            return Main.DONE;
        }
        try (Interruption interruption = new Interruption(Main.arguments(spec));
                Console console = new Console(main != null && main.quiet(), interruption)) {
            interruption.awaited(() -> Trainer.train(job, console));
        }
        System.out.println(out.resolve("checkpoint"));
        return Main.DONE;
    }

    private Recipe recipe() {
        String name = recipeFile.toString();
        if (!PublishedRecipes.names().contains(name) || Files.exists(recipeFile)) {
            Recipe recipe = Recipe.read(recipeFile);
            return data.isEmpty()
                    ? recipe
                    : recipe.withData(data.stream().map(DataSource::of).toList());
        }
        if (data.isEmpty()) {
            throw new InputException(
                    "the published recipe " + name + " has no data of its own", "train " + name, "Add --data FILE");
        }
        return Recipe.published(name, data);
    }
}
