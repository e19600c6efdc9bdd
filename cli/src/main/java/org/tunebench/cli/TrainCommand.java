package org.tunebench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Preparation;
import org.tunebench.train.step.Runner;
import org.tunebench.train.step.Trainer;
import org.tunebench.train.step.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code train}: one recipe → one checkpoint folder. */
@Command(name = "train", description = "Trains one recipe into a run folder.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Mixin
    private RecipeOption recipe = new RecipeOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run folder to make.")
    private Path out = Path.of("");

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
        Recipe read = recipe.recipe();
        Device on = device.device();
        TrainingJob job = recipe.job(read, on, out)
                .started(resume, memory.checked(), Runner.of(runner))
                .withFilterInputs(outside.inputs(on, recipe.judgeCache(read)));
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
}
