package org.tunebench.eval.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program in the folder {@code hostile} tries something. Those that reach for what is outside give the right answer
 * only where they got it, so that to pass is to have got through; each says in its second line what is expected of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileProgramsTest {
    private static final String TEST = """
            def check(candidate):
                assert candidate(1) == 2
                assert candidate(20) == 21
            """;
    private static final String EXPECTS = "    # expects: ";
    private static final String MARK =
            "tunebench-hostile-" + ProcessHandle.current().pid();

    private Path folder = Path.of("");
    private Map<String, Future<Verdict>> verdicts = Map.of();
    private ServerSocket port;
    private final ExecutorService two = Executors.newFixedThreadPool(2);

    @BeforeAll
    void runAll(@TempDir Path temporary) throws IOException {
        folder = temporary;
        // those that never end get little time; a busy machine must not make others run out of it
        Sandbox brief = Sandboxes.require(Duration.ofSeconds(1));
        Sandbox patient = Sandboxes.require(Duration.ofSeconds(30));
        Files.writeString(folder.resolve("canary"), "alive");
        port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        verdicts = programs().collect(Collectors.toMap(HostileProgramsTest::name, file -> {
            Sandbox sandbox = expected(file).contains("timed_out") ? brief : patient;
            return two.submit(() -> sandbox.check(program(read(file))));
        }));
    }

    @AfterAll
    void stop() throws IOException {
        two.shutdownNow();
        if (port != null) {
            port.close();
        }
    }

    private Program program(String completion) {
        String text = completion
                .replace("@CANARY@", folder.resolve("canary").toString())
                .replace("@FOLDER@", folder.toString())
                .replace("@PORT@", String.valueOf(port.getLocalPort()))
                .replace("@PID@", String.valueOf(ProcessHandle.current().pid()))
                .replace("@MARK@", MARK);
        return new Program("def answer(n):\n", text, TEST, "answer");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void check_hostileProgram_endsAsExpected(Path file) throws Exception {
        Verdict verdict = verdicts.get(name(file)).get();
        assertThat(expected(file))
                .as(verdict.toString())
                .doesNotContain("passed")
                .contains(verdict.outcome().id());
    }

    private static List<String> expected(Path file) {
        String line = read(file).lines().skip(1).findFirst().orElseThrow();
        assertThat(line).startsWith(EXPECTS);
        return List.of(line.substring(EXPECTS.length()).split(" "));
    }

    @Test
    void check_afterAllOfThem_everythingIsStillThereAndNothingElse() throws Exception {
        for (Future<Verdict> verdict : verdicts.values()) {
            assertThat(verdict.get().passed()).isFalse();
        }
        assertThat(verdicts).hasSizeGreaterThanOrEqualTo(25);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("canary"));
        }
        assertThat(folder.resolve("canary")).hasContent("alive");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(MARK)))
                .isEmpty();
        Verdict right = Sandboxes.require(Duration.ofSeconds(30)).check(program("    return n + 1\n"));
        assertThat(right).isEqualTo(Verdict.PASSED);
    }

    @Test
    void check_programsThatWouldGetThrough_doOutside() {
        // what the programs reach for can be reached: without isolation the same answers are right
        Sandbox open = Sandbox.unsafe(Limits.of(Duration.ofSeconds(30)));
        for (String name : List.of("network_loopback", "read_parents_files", "read_through_proc")) {
            Path file = programs().filter(f -> name(f).equals(name)).findFirst().orElseThrow();
            assertThat(open.check(program(read(file))).outcome()).as(name).isEqualTo(Verdict.Outcome.PASSED);
        }
    }

    static Stream<Path> programs() {
        try (Stream<Path> files = Files.list(
                Path.of(HostileProgramsTest.class.getResource("hostile").toURI()))) {
            return files.sorted().toList().stream();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.py$", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
