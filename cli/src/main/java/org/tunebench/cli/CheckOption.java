package org.tunebench.cli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.cli.experiment.Preflight;
import org.tunebench.core.input.KnownNames;
import picocli.CommandLine.Option;

/** What is done with the check of the data before an experiment. */
final class CheckOption {
    @Option(
            names = "--check",
            paramLabel = "MODE",
            description = "Of the data, before anything is trained: refuse where a run would be spoilt, warn, or skip"
                    + " (default: the experiment's check, else refuse).")
    private @Nullable String name;

    /** Null where the experiment has the say. */
    Preflight.@Nullable Mode mode() {
        if (name == null) {
            return null;
        }
        List<String> known = Arrays.stream(Preflight.Mode.values())
                .map(Preflight.Mode::toString)
                .toList();
        KnownNames.require("mode", name, known, "--check");
        return Preflight.Mode.values()[known.indexOf(name)];
    }
}
