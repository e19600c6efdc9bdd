package org.tunebench.cli;

import org.tunebench.core.input.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

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
            ModelsCommand.class,
            SuitesCommand.class,
            RecipesCommand.class
        })
public final class Main implements Runnable {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_INPUT = 2;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print a stack trace with an error.")
    private boolean debug;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Print no progress.")
    private boolean quiet;

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

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
            CommandLine command = e.getCommandLine();
            command.getErr().println("tunebench: " + e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
            command.getErr()
                    .println("  to mend: see '" + command.getCommandSpec().qualifiedName() + " --help'");
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

    boolean quiet() {
        return quiet;
    }

    private int report(Exception e, CommandLine command) {
        if (debug) {
            e.printStackTrace(command.getErr());
        }
        if (e instanceof InputException wrong) {
            command.getErr().println("tunebench: " + wrong.what());
            command.getErr().println("  where: " + wrong.where());
            command.getErr().println("  to mend: " + wrong.mend());
            return WRONG_INPUT;
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        command.getErr().println("tunebench: failed: " + message);
        if (!debug && !(e instanceof org.tunebench.train.step.TrainingFailure)) {
            command.getErr().println("  (--debug prints where)");
        }
        return FAILED;
    }
}
