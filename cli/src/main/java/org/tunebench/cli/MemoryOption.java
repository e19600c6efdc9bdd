package org.tunebench.cli;

import picocli.CommandLine.Option;

/** Whether training is refused where main memory is estimated to be too small. */
final class MemoryOption {
    @Option(
            names = "--no-memory-check",
            description = "Start training even where the estimate says that memory is too small.")
    private boolean unchecked;

    boolean checked() {
        return !unchecked;
    }
}
