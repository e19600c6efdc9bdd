package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;

class Gsm8kTest {
    @TempDir
    Path folder;

    private final FakeLanguageModel model = new FakeLanguageModel("x").replying(prompt -> " 1 + 1 = 2\n#### 2\n");

    private Path data(int trainRows) throws IOException {
        Files.writeString(
                folder.resolve("test.jsonl"),
                "{\"question\": \"One and one?\", \"answer\": \"It is <<1+1=2>>2\\n#### 2\"}\n"
                        + "{\"question\": \"Two and two?\", \"answer\": \"It is 4\\n#### 4\"}\n");
        StringBuilder train = new StringBuilder();
        for (int i = 0; i < trainRows; i++) {
            train.append("{\"question\": \"q" + i + "\", \"answer\": \"a" + i + "\\n#### " + i + "\"}\n");
        }
        Files.writeString(folder.resolve("train.jsonl"), train);
        return folder;
    }

    private LoadedSuite.Outcome run(SuiteOptions options) {
        return new Gsm8k().load(options).run(new Engine(model, Progress.NONE));
    }

    @Test
    void run_fiveShots_areDrawnAsTheReferenceDrawsThem() throws IOException {
        LoadedSuite.Outcome outcome = run(SuiteOptions.of(data(7473)));
        // random.Random(1234).sample(range(7473), 5), twice, in CPython 3.11
        assertThat(examples(promptThatEnds("Question: One and one?\nAnswer:")))
                .containsExactly(6374, 3610, 957, 61, 742);
        assertThat(examples(promptThatEnds("Question: Two and two?\nAnswer:")))
                .containsExactly(7462, 6610, 4769, 286, 5501);
        assertThat(outcome.metrics().get("exact_match_strict").value()).isEqualTo(0.5);
        assertThat(outcome.samples().get(0).prediction()).isEqualTo("2");
    }

    private String promptThatEnds(String end) {
        return model.prompts().stream()
                .filter(prompt -> prompt.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> examples(String prompt) {
        return java.util.regex.Pattern.compile("Question: q([0-9]+)\nAnswer: a\\1\n#### \\1\n\n")
                .matcher(prompt)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    @Test
    void sample_smallPoolsAndManyDraws_areThoseOfPython() {
        assertThat(new PythonRandom(1234).sample(10, 5)).containsExactly(7, 1, 0, 9, 4);
        assertThat(new PythonRandom(1234).sample(200, 8)).containsExactly(199, 112, 29, 1, 23, 149, 8, 171);
    }

    @Test
    void load_shotsWithoutTrainFile_sayWhatIsMissing() throws IOException {
        Path test = Files.copy(data(1).resolve("test.jsonl"), folder.resolve("alone.jsonl"));
        Files.delete(folder.resolve("train.jsonl"));
        assertThatThrownBy(() -> run(SuiteOptions.of(test)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite gsm8k, train.jsonl")
                .hasMessageContaining("ask for 0 shots");
        assertThat(run(SuiteOptions.of(test).withShots(0)).samples()).hasSize(2);
        assertThat(model.prompts()).contains("Question: One and one?\nAnswer:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#### 1,234        | 1234 | 1 | 1",
                "#### $5           | 5    | 0 | 1",
                "it is 5.          | 5    | 0 | 1",
                "-3 then 12 apples | 12   | 0 | 1",
                "#### -7 or 8      | -7   | 1 | 0",
                "#### 7~n#### 8    | 7    | 1 | 0",
                "none              | 7    | 0 | 0",
            })
    void grade_extractsByBothRules(String answer, String target, double strict, double flexible) {
        assertThat(Gsm8k.grade(answer.replace("~n", "\n"), target).scores())
                .containsEntry("exact_match_strict", strict)
                .containsEntry("exact_match_flexible", flexible);
    }

    @Test
    void grade_modelSolutionsPublishedWithTheData_agreesWithTheirMarks() {
        Map<String, Integer> right = new HashMap<>();
        Path file = SharedData.require("gsm8k/example_model_solutions.first300.jsonl");
        for (JsonRow row : JsonRow.readLines(new SuiteData("gsm8k"), file)) {
            String target = Gsm8k.comparable(row.text("ground_truth").replace("A: ", "#### "));
            for (String solver : List.of("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification")) {
                JsonRow solution = JsonRow.of(row.require(solver), row.where());
                double score = Gsm8k.grade(solution.text("solution").replace("A: ", "#### "), target)
                        .scores()
                        .get("exact_match_strict");
                assertThat(score == 1)
                        .as(row.where() + " " + solver)
                        .isEqualTo(solution.require("is_correct").booleanValue());
                right.merge(solver, (int) score, Integer::sum);
            }
        }
        assertThat(right)
                .containsEntry("6b_finetuning", 71)
                .containsEntry("6b_verification", 118)
                .containsEntry("175b_finetuning", 113)
                .containsEntry("175b_verification", 170);
    }
}
