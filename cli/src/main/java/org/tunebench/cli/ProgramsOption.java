package org.tunebench.cli;

import java.util.List;
import org.tunebench.eval.suite.ProgramOptions;
import picocli.CommandLine.Option;

/** The options of suites that run programs which the model wrote. */
final class ProgramsOption {
    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "1",
            description = "Programs drawn for each task, of humaneval (default: ${DEFAULT-VALUE}).")
    private int samples = 1;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "Of the programs drawn; 0 is greedy (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description = "Share of the probability that programs are drawn from (default: ${DEFAULT-VALUE}).")
    private double topP = 1;

    @Option(
            names = "--k",
            paramLabel = "K",
            split = ",",
            description = "The k of pass@k (default: 1, 10 and 100 where there are so many samples).")
    private List<Integer> ks = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "Time limit of a program (default: ${DEFAULT-VALUE}).")
    private double seconds = 3;

    @Option(
            names = "--unsafe-exec",
            description = "Run programs without isolation: they can do whatever you can. Recorded in the results.")
    private boolean unsafeExec;

    ProgramOptions options() {
        return new ProgramOptions(samples, temperature, topP, ks, seconds, unsafeExec);
    }
}
