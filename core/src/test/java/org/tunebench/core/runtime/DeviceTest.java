package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;

class DeviceTest {
    @Test
    void of_cpu_isTheCpu() {
        assertThat(Device.of("cpu")).isEqualTo(Device.CPU).hasToString("cpu");
    }

    @Test
    void of_unknownName_listsTheKnownOnes() {
        assertThatThrownBy(() -> Device.of("cude"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'cuda'? Known: auto, cpu, cuda");
    }

    @Test
    void of_cudaOnAMachineWithoutADriver_isRefusedAndAutoIsTheCpu() {
        Assumptions.assumeFalse(
                Files.exists(Path.of("/dev/nvidiactl")) || Files.exists(Path.of("/dev/dxg")), "this machine has a GPU");
        assertThat(Device.of("auto")).isEqualTo(Device.CPU);
        assertThatThrownBy(() -> Device.of("cuda"))
                .isInstanceOf(InputException.class)
                .hasMessage("--device cuda: no NVIDIA GPU or driver on this machine. Use --device cpu or auto");
    }
}
