package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SampleRecord.SampledResponse;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.sandbox.Sandboxes;

class HumanEvalTest {
    private static final String TASKS = """
            {"task_id": "t/0", "prompt": "def one():\\n", "entry_point": "one", "test": "def check(f):\\n    assert f() == 1\\n"}
            {"task_id": "t/1", "prompt": "def two():\\n", "entry_point": "two", "test": "def check(f):\\n    assert f() == 2\\n"}
            """;

    @TempDir
    Path folder;

    private final FakeLanguageModel model = new FakeLanguageModel("x").replying(p -> "    return 1\ndef other():\n");

    @BeforeEach
    void sandbox() {
        Sandboxes.require(Duration.ofSeconds(3));
    }

    private LoadedSuite.Outcome run(SuiteOptions options) throws IOException {
        Path data = Files.writeString(folder.resolve("tasks.jsonl"), TASKS);
        return new HumanEval().load(options.withData(data)).run(new Engine(model, Progress.NONE));
    }

    private static SuiteOptions options() {
        return SuiteOptions.of(Path.of("unused"));
    }

    @Test
    void run_greedy_continuesThePromptUpToAStopAndRunsIt() throws IOException {
        LoadedSuite.Outcome outcome = run(options());
        assertThat(model.prompts()).containsExactlyInAnyOrder("def one():\n", "def two():\n");
        assertThat(model.options().get(0).maxNewTokens()).isEqualTo(1024);
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("t/0", "t/1");
        assertThat(outcome.samples()).extracting(SampleRecord::response).containsOnly("    return 1");
        assertThat(outcome.samples().get(0).responses())
                .containsExactly(new SampledResponse("    return 1", "passed", null));
        assertThat(outcome.samples().get(1).responses())
                .containsExactly(new SampledResponse("    return 1", "failed", "AssertionError"));
        assertThat(outcome.metrics().keySet()).containsExactly("pass@1");
        assertThat(outcome.metrics().get("pass@1").value()).isEqualTo(0.5);
        assertThat(outcome.details()).doesNotContainKey("unsafe_exec");
    }

    @Test
    void run_sampled_drawsSoManyAndEstimatesEveryKThatFits() throws IOException {
        ProgramOptions ten = new ProgramOptions(10, 0.8, 0.95, List.of(), 3, false);
        LoadedSuite.Outcome outcome = run(options().withPrograms(ten).withSeed(7));
        assertThat(outcome.metrics().keySet()).containsExactly("pass@1", "pass@10");
        assertThat(outcome.samples().get(0).responses()).hasSize(10);
        assertThat(outcome.samples().get(0).prediction()).isEqualTo(10);
        assertThat(model.options().get(0).sampling().temperature()).isEqualTo(0.8);
        assertThat(model.options().get(0).sampling().topP()).isEqualTo(0.95);
        assertThatThrownBy(() -> run(options().withPrograms(new ProgramOptions(2, 1, 1, List.of(3), 3, false))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("pass@3 of tasks with 2 samples");
    }

    @Test
    void run_throughTheChatTemplate_asksAndContinuesACodeBlock() throws IOException {
        model.chatting().replying(prompt -> "    return 2\n```\nThat was it.");
        LoadedSuite.Outcome outcome = run(options().withChat(true));
        assertThat(model.prompts())
                .contains("[user]Write a solution to the following problem and make sure that it passes the tests:\n"
                        + "```python\ndef one():\n\n```\n<|end|>[assistant]Here is the completed function:\n"
                        + "```python\ndef one():\n\n");
        assertThat(outcome.samples()).extracting(s -> s.scores().get("pass@1")).containsExactly(0.0, 1.0);
    }

    @Test
    void run_withoutIsolation_saysSo() throws IOException {
        LoadedSuite.Outcome outcome = run(options().withPrograms(new ProgramOptions(1, 0, 1, List.of(), 3, true)));
        assertThat(outcome.details()).containsEntry("unsafe_exec", true);
        assertThat(outcome.metrics().get("pass@1").value()).isEqualTo(0.5);
    }

    @Test
    void run_exampleSamplesOfHumanEval_giveItsOwnNumber() {
        Path data = SharedData.require("humaneval/example_problem.jsonl");
        LoadedSuite loaded = new HumanEval().load(SuiteOptions.of(data));
        ResponsesFile responses = ResponsesFile.read(SharedData.require("humaneval/example_samples.jsonl"));
        responses.requireFor(new HumanEval(), loaded);
        LoadedSuite.Outcome outcome = loaded.run(new Engine(responses, Progress.NONE));
        assertThat(outcome.metrics().get("pass@1").value()).isEqualTo(0.4999999999999999);
        assertThat(outcome.samples().get(0).responses())
                .extracting(SampledResponse::verdict)
                .containsExactly("failed", "timed_out", "failed", "passed", "passed", "passed");
    }

    @Test
    void run_canonicalSolutions_allPass() throws IOException {
        Path data = SharedData.require("humaneval/HumanEval.jsonl.gz");
        StringBuilder lines = new StringBuilder();
        for (JsonRow row : JsonRow.readLines(new SuiteData("humaneval"), data)) {
            lines.append("{\"task_id\": ").append(row.node().get("task_id"));
            lines.append(", \"completion\": ")
                    .append(row.node().get("canonical_solution"))
                    .append("}\n");
        }
        Path canonical = Files.writeString(folder.resolve("canonical.jsonl"), lines);
        ProgramOptions patient = new ProgramOptions(1, 0, 1, List.of(), 30, false);
        LoadedSuite loaded = new HumanEval().load(SuiteOptions.of(data).withPrograms(patient));
        LoadedSuite.Outcome outcome = loaded.run(new Engine(ResponsesFile.read(canonical), Progress.NONE));
        assertThat(outcome.samples()).hasSize(164);
        assertThat(outcome.samples().stream().filter(s -> s.scores().get("pass@1") < 1))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "6, 3, 1, 0.4999999999999999",
        "5, 5, 3, 1",
        "5, 0, 1, 0",
        "5, 3, 3, 1",
        "4, 2, 2, 0.8333333333333334",
        "200, 58, 100, 1"
    })
    void passAtK_isTheSharePassingAmongAllSetsOfK(int n, int c, int k, double expected) {
        assertThat(PassAtK.estimate(n, c, k)).isCloseTo(expected, within(1e-12));
    }
}
