package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.reports.html.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: leaderboard and comparison from finished runs. */
@Command(
        name = "report",
        description = "Writes one HTML file with leaderboard and comparison from run folders, or from results of"
                + " lm-evaluation-harness.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "RUN_DIR",
            description = "Finished runs; results_*.json of lm-evaluation-harness, or folders of them.")
    private List<Path> runs = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description =
                    "The HTML file to write; leaderboard.csv, leaderboard.md, comparison.json and lm-eval/ go beside"
                            + " it.")
    private Path out = Path.of("");

    @Option(names = "--title", paramLabel = "TEXT", description = "The report's heading (default: ${DEFAULT-VALUE}).")
    private String title = Report.Presentation.TITLE;

    @Option(
            names = "--ratings",
            paramLabel = "FILE",
            description = "ratings.json that sheets import wrote: adds the human ratings.")
    private @Nullable Path ratings;

    @Override
    public Integer call() {
        Report.read(runs, new Report.Presentation(title, ratings)).write(out);
        System.out.println(out);
        return Main.DONE;
    }
}
