package org.tunebench.cli;

import picocli.CommandLine.Command;

/** {@code sheets}: rater sheets out, ratings in, what they say. */
@Command(
        name = "sheets",
        description = "Exports blind rater sheets, imports what comes back, says how far raters agree.",
        mixinStandardHelpOptions = true,
        subcommands = {SheetsExportCommand.class, SheetsImportCommand.class, SheetsAgreeCommand.class})
final class SheetsCommand {}
