package org.tunebench.cli;

import picocli.CommandLine.Command;

/** {@code data}: instruction data. */
@Command(
        name = "data",
        description = "Filters instruction data and learns what good data is.",
        mixinStandardHelpOptions = true,
        subcommands = {DataFilterCommand.class, DataQualityCommand.class})
final class DataCommand {}
