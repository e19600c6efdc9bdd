package org.tunebench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.benchmarks.EmbeddedData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

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

    @Override
    public Integer call() {
        return CompareCommand.run(
                EmbeddedData.open().experiment(), out, resume, device, 1, main != null && main.quiet());
    }
}
