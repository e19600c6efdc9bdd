package org.tunebench.eval.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;

class SandboxTest {
    private static final Duration WALL = Duration.ofSeconds(10);

    private static Verdict isolated(String prompt, String completion, String check) {
        return Sandboxes.require(WALL).check(program(prompt, completion, check));
    }

    private static Program program(String prompt, String completion, String check) {
        return new Program(prompt, completion, "def check(candidate):\n" + check.indent(4), "answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "None",
                "True",
                "-7",
                "3 ** 200",
                "0.1",
                "float('inf')",
                "1 + 2j",
                "'\\ud800 \\u00e9 \\n'",
                "b'\\x00\\xff'",
                "bytearray(b'x')",
                "[1, [2, (3, 'x')], {}]",
                "(1,)",
                "{1, (2, 3)}",
                "frozenset('ab')",
                "{(1, 2): [3], 'k': None}",
                "range(1, 9, 2)",
                "__import__('decimal').Decimal('1.10')",
                "__import__('fractions').Fraction(1, 3)",
                "__import__('collections').OrderedDict(a=1)",
            })
    void check_plainData_arrivesEqualBothWays(String value) {
        String check =
                "value = " + value + "\nassert candidate(value) == value\nassert candidate(value=value) == value";
        assertThat(isolated("def answer(value):\n", "    return " + value + "\n", check))
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void check_iterators_arriveAsIterators() {
        assertThat(isolated(
                        "def answer(n):\n",
                        "    return (i * i for i in range(n))",
                        "assert list(candidate(3)) == [0, 1, 4]"))
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void check_builtInExceptions_areRaisedInTheCheck() {
        String check = """
                try:
                    candidate(0)
                    assert False
                except ZeroDivisionError as e:
                    assert 'division' in str(e)
                """;
        assertThat(isolated("def answer(n):\n", "    return 1 / n\n", check)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void check_stopIteration_doesNotEndALoopOfTheCheck() {
        String check = "for given, wanted in zip(map(candidate, [1, 2]), [1, 2]):\n    assert given == wanted";
        Verdict verdict = isolated("def answer(n):\n", "    raise StopIteration\n", check);
        assertThat(verdict).isEqualTo(new Verdict(Verdict.Outcome.FAILED, "StopIteration"));
    }

    @Test
    void check_programThatStopsReading_keepsNobodyWaiting() {
        String completion = """
                    import os, signal, threading
                    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGSTOP)).start()
                    return n
                """;
        String check = "import time\ncandidate(1)\ntime.sleep(0.3)\ncandidate('x' * 1_000_000)";
        Sandbox sandbox = Sandboxes.require(Duration.ofSeconds(1));
        assertThat(sandbox.check(program("def answer(n):\n", completion, check)).outcome())
                .isEqualTo(Verdict.Outcome.TIMED_OUT);
    }

    @Test
    void check_helpersAndImportsOfThePrompt_areThereForTheCheck() {
        String prompt = "import math\n\ndef twice(n):\n    return 2 * n\n\ndef answer(n):\n    \"\"\"Doubles.\"\"\"\n";
        assertThat(isolated(
                        prompt,
                        "    return twice(n)\n",
                        "assert candidate(2) == twice(2) == math.floor(4.5) == answer(2)"))
                .isEqualTo(Verdict.PASSED);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("    return 2\n", "AssertionError"),
                Arguments.of("    return missing\n", "NameError: name 'missing' is not defined"),
                Arguments.of("    return (\n", "SyntaxError"),
                Arguments.of("    return object()\n", "TypeError: a value of type object is no plain data"),
                Arguments.of("    raise type('Own', (Exception,), {})('dear me')\n", "Own: dear me"),
                Arguments.of("    return 1\n\ndel answer\n", "KeyError: 'answer'"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void check_programThatIsWrong_saysWhy(String completion, String message) {
        Verdict verdict = isolated("def answer():\n", completion, "assert candidate() == 1");
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(verdict.message()).startsWith(message);
    }

    @Test
    void check_twice_givesTheSameOrderOfSets() {
        String check = "assert candidate() == candidate() and candidate()[0] in 'abcdefgh'";
        assertThat(isolated("def answer():\n", "    return list(set('abcdefgh'))\n", check))
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void isolated_withoutBubblewrap_saysWhatToInstall(@TempDir Path empty) {
        assertThatThrownBy(() -> Enclosure.bubblewrap(Limits.of(WALL), empty.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("generated programs are not run without isolation, and there is no ")
                .hasMessageContaining("apt install ")
                .hasMessageContaining("--unsafe-exec");
    }

    @Test
    void unsafe_rightAndWrongAndEndless_areToldApart() {
        Sandbox sandbox = Sandbox.unsafe(Limits.of(Duration.ofSeconds(2)));
        assertThat(sandbox.isIsolated()).isFalse();
        String check = "assert candidate() == 1";
        assertThat(Stream.of("    return 1\n", "    return 2\n", "    while True: pass\n")
                        .map(completion -> sandbox.check(program("def answer():\n", completion, check))
                                .outcome()))
                .containsExactly(Verdict.Outcome.PASSED, Verdict.Outcome.FAILED, Verdict.Outcome.TIMED_OUT);
    }
}
