package org.tunebench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.cli.experiment.ExperimentRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code quickstart}: the main job on the embedded default. */
@Command(
        name = "quickstart",
        description =
                "Trains the bundled recipes on the bundled base model, scores all, writes report and rater sheets.",
        mixinStandardHelpOptions = true)
final class QuickstartCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "quickstart",
            description = "The folder to fill (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("quickstart");

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Option(names = "--resume", description = "Go on with the quickstart in the folder.")
    private boolean resume;

    @Mixin
    private MemoryOption memory = new MemoryOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return CompareCommand.run(
                EmbeddedData.open().experiment(),
                out,
                new ExperimentRunner.Options(resume, device.device(), 1, memory.checked(), null),
                Main.arguments(spec),
                main != null && main.quiet());
    }
}
