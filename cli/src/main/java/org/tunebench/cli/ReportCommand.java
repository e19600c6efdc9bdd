package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tunebench.reports.html.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: leaderboard and comparison from finished runs. */
@Command(
        name = "report",
        description = "Writes one HTML file with leaderboard and comparison from run folders.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "RUN_DIR", description = "Finished runs.")
    private List<Path> runs = List.of();

    @Option(names = "--out", required = true, description = "The HTML file to write.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        Report.write(runs, out);
        System.out.println(out);
        return Main.DONE;
    }
}
