package org.tunebench.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code suites}: what there is, one line each. */
@Command(name = "suites", description = "Lists the suites.", mixinStandardHelpOptions = true)
final class SuitesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        SuiteChoice.known().forEach((name, line) -> System.out.printf("%-20s %s%n", name, line));
        return Main.DONE;
    }
}
