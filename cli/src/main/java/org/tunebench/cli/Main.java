package org.tunebench.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.train.step.TrainingFailure;
import org.tunebench.train.step.TrainingInterrupted;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: picks the command, turns failures into messages and exit codes. */
@Command(
        name = "tunebench",
        description = "Compares instruction-tuning recipes: trains them, scores them, reports the differences.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            QuickstartCommand.class,
            CompareCommand.class,
            TrainCommand.class,
            EvalCommand.class,
            GenerateCommand.class,
            ReportCommand.class,
            SheetsCommand.class,
            DataCommand.class,
            ModelsCommand.class,
            SuitesCommand.class,
            RecipesCommand.class
        })
public final class Main implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;
    static final int INTERRUPTED = 130;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print a stack trace with an error.")
    private boolean debug;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Print no progress.")
    private boolean quiet;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    /** Runs a command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command line. @return the exit code */
    public static int run(String... arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, command, parsed) -> main.report(e, command));
        line.setParameterExceptionHandler((e, args) -> {
            print(wrongCommandLine(e), e.getCommandLine());
            return WRONG_INPUT;
        });
        return line.execute(arguments);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }

    /** The command line that a command was called with. */
    static List<String> arguments(CommandLine.Model.@Nullable CommandSpec command) {
        if (command == null) {
            return List.of();
        }
        CommandLine line = command.root().commandLine();
        return line.getParseResult().originalArgs();
    }

    /** Refuses an option's value. @param range what it must be */
    static void require(boolean holds, String option, Number value, String range) {
        if (!holds) {
            throw new InputException(option + " is " + value, "command line", "It must be " + range);
        }
    }

    private static InputException wrongCommandLine(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (!unmatched.isUnknownOption() && !command.getSubcommands().isEmpty()) {
                return KnownNames.unknown(
                        "command", first, command.getSubcommands().keySet(), name);
            }
            if (unmatched.isUnknownOption()) {
                List<String> known = command.getCommandSpec().options().stream()
                        .flatMap(o -> Stream.of(o.names()))
                        .filter(o -> o.startsWith("--"))
                        .toList();
                return KnownNames.unknown("option", first, known, name);
            }
        }
        String what = String.valueOf(e.getMessage());
        return new InputException(what, "command line of " + name, "See '" + name + " --help'", e);
    }

    static void print(InputException wrong, CommandLine command) {
        command.getErr().println("tunebench: " + wrong.what());
        command.getErr().println("  where: " + wrong.where());
        command.getErr().println("  to mend: " + wrong.mend());
    }

    boolean quiet() {
        return quiet;
    }

    private int report(Exception e, CommandLine command) {
        if (debug) {
            e.printStackTrace(command.getErr());
        }
        if (e instanceof InputException wrong) {
            print(wrong, command);
            return WRONG_INPUT;
        }
        if (e instanceof TrainingInterrupted || e instanceof CancellationException) {
            return INTERRUPTED; // what is to be said about it, Interruption says
        }
        command.getErr().println("tunebench: failed: " + message(e));
        if (!debug && !(e instanceof TrainingFailure)) {
            command.getErr().println("  (--debug prints where)");
        }
        return FAILED;
    }

    /** What happened, and for a file that could not be written the system's reason. */
    public static String message(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        Throwable cause = e.getCause();
        return e instanceof UncheckedIOException && cause != null && cause.getMessage() != null
                ? message + ": " + cause.getMessage()
                : message;
    }
}
