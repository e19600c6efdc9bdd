package org.tunebench.cli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.KnownNames;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.format.DataFormat;
import picocli.CommandLine.Option;

/** {@code --format} of data files, the same for every command that reads them without a recipe. */
final class FormatOption {
    @Option(names = "--format", paramLabel = "FORMAT", description = "The files' format; default: detected.")
    private @Nullable String format;

    /** The source, read in the named format. */
    DataSource of(DataSource source) {
        if (format == null) {
            return source;
        }
        List<String> known =
                Arrays.stream(DataFormat.values()).map(DataFormat::id).toList();
        KnownNames.require("format", format, known, "--format");
        return source.withFormat(DataFormat.values()[known.indexOf(format)]);
    }
}
