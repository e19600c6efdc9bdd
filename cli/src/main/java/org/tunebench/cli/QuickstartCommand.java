package org.tunebench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.benchmarks.EmbeddedData;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or cuda (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(names = "--resume", description = "Go on with the quickstart in the folder.")
    private boolean resume;

    @Override
    public Integer call() {
        return CompareCommand.run(
                EmbeddedData.open().experiment(), out, resume, device, 1, main != null && main.quiet());
    }
}
