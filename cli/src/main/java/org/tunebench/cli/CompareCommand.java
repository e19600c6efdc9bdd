package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.cli.experiment.ExperimentRunner;
import org.tunebench.cli.experiment.SpoiltData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code compare}: recipes × seeds × suites → runs, report, sheets. */
@Command(
        name = "compare",
        description = "Trains and scores every recipe of an experiment and writes the report and the rater sheets.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Parameters(paramLabel = "EXPERIMENT", description = "YAML file: bases, recipes, seeds, suites, sheets.")
    private Path experiment = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder to fill.")
    private Path out = Path.of("");

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Recipes at the same time (default: ${DEFAULT-VALUE}).")
    private int jobs = 1;

    @Option(names = "--resume", description = "Go on with the experiment in the folder.")
    private boolean resume;

    @Mixin
    private MemoryOption memory = new MemoryOption();

    @Mixin
    private CheckOption check = new CheckOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        ExperimentRunner.Options options =
                new ExperimentRunner.Options(resume, device.device(), jobs, memory.checked(), check.mode());
        return run(experiment, out, options, Main.arguments(spec), main != null && main.quiet());
    }

    static int run(Path experiment, Path out, ExperimentRunner.Options options, List<String> arguments, boolean quiet) {
        try (Interruption interruption = new Interruption(arguments);
                Console console = new Console(quiet, interruption)) {
            ExperimentRunner.Outcome outcome = new ExperimentRunner(experiment, out, options, console).run();
            System.out.println(outcome.leaderboard().toText());
            System.out.println(outcome.report());
            outcome.failures().forEach(f -> System.err.println("tunebench: failed: " + f));
            return outcome.failures().isEmpty() ? Main.DONE : Main.FAILED;
        } catch (SpoiltData e) {
            System.err.println("tunebench: " + e.getMessage());
            e.pages().forEach(page -> System.err.println("  where: " + page));
            System.err.println("  to mend: Change the data or the recipe as the pages say, or go on with --check warn");
            return Main.FAILED;
        }
    }
}
