package org.tunebench.cli;

import picocli.CommandLine.Command;

/** {@code data}: instruction data. */
@Command(
        name = "data",
        description = "Checks, filters, expands, mixes and makes instruction data, and learns what good data is.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DataCheckCommand.class,
            DataFilterCommand.class,
            DataExpandCommand.class,
            DataMixCommand.class,
            DataQualityCommand.class,
            DataSelfInstructCommand.class
        })
final class DataCommand {}
