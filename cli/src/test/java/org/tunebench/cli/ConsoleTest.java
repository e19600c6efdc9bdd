package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Off a terminal, where tests run. */
class ConsoleTest {
    private static List<String> lines(boolean quiet) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (Interruption interruption = new Interruption(List.of());
                Console console = new Console(quiet, interruption)) {
            console.report("mmlu", 0, 300, 0);
            console.report("mmlu", 128, 300, 5000);
            console.report("mmlu", 300, 300, 9000);
            console.report("mt_bench, judge", 1, 2);
            console.report("mt_bench, judge", 2, 2);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void scoring_offATerminal_isAPlainLineAtItsBeginningAndEndAndEveryTenSecondsBetween() {
        assertThat(lines(false))
                .hasSize(4)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("mmlu 0/300"),
                        line -> assertThat(line).matches("mmlu 300/300 tokens/s [0-9]+"),
                        line -> assertThat(line).isEqualTo("mt_bench, judge 1/2"),
                        line -> assertThat(line).isEqualTo("mt_bench, judge 2/2"));
    }

    @Test
    void scoring_quiet_isNoLine() {
        assertThat(lines(true)).isEmpty();
    }
}
