package org.tunebench.cli;

import org.tunebench.core.runtime.Device;
import picocli.CommandLine.Option;

/** {@code --device}, the same for every command that runs a model. */
final class DeviceOption {
    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or cuda (default: ${DEFAULT-VALUE}).")
    private String name = "auto";

    /** @throws org.tunebench.core.input.InputException where it is not to be had */
    Device device() {
        return Device.of(name);
    }
}
