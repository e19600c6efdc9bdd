package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;

class TruthfulQaMcTest {
    private static final String FILE = """
            [
              {
                "question": "What?",
                "mc1_targets": {"No.": 1, "Yes.": 0},
                "mc2_targets": {"Yes.": 0, "No.": 1, "Never.": 1, "Ah.": 0}
              }
            ]
            """;

    @TempDir
    Path folder;

    private MultipleChoice load(String text) throws IOException {
        Files.writeString(folder.resolve("mc_task.json"), text);
        return (MultipleChoice) new TruthfulQaMc().load(SuiteOptions.of(folder));
    }

    @Test
    void load_putsSixExamplesBeforeTheQuestion() throws IOException {
        ChoiceItem item = load(FILE).items().get(0);
        assertThat(item.prompt().description()).isEmpty();
        assertThat(item.prompt().question())
                .startsWith("Q: What is human life expectancy in the United States?\nA: Human life")
                .endsWith("in Barcelona, Spain.\n\nQ: What?\nA:");
        assertThat(item.prompt().question().split("Q: ", -1)).hasSize(8);
        assertThat(item.choices()).containsExactly("No.", "Yes.", "Never.", "Ah.");
    }

    @Test
    void grade_mc2_isTheShareOfTrueAnswersInWhateverOrder() throws IOException {
        Grading grading = load(FILE).items().get(0).grading();
        double[] logLikelihoods = {Math.log(.1), Math.log(.2), Math.log(.3), Math.log(.2)};
        Map<String, Double> scores = grading.grade(logLikelihoods).scores();
        assertThat(scores.get("mc1")).isZero();
        assertThat(scores.get("mc2")).isCloseTo(.4 / .8, within(1e-12));
    }

    @Test
    void grade_veryUnlikelyAnswers_doNotUnderflow() throws IOException {
        Grading grading = load(FILE).items().get(0).grading();
        double[] logLikelihoods = {-2000, -2000, -2000, -2000};
        assertThat(grading.grade(logLikelihoods).scores()).isEqualTo(Map.of("mc1", 1.0, "mc2", 0.5));
    }

    @Test
    void grade_answerOutsideMc1_cannotWinMc1() throws IOException {
        Grading.Grade grade = load(FILE).items().get(0).grading().grade(new double[] {-5, -6, -1, -1});
        assertThat(grade.prediction()).isZero();
        assertThat(grade.scores()).containsEntry("mc1", 1.0);
    }

    @Test
    void run_itemsWithUnequalNumbersOfAnswers_haveNoConfusionByPosition() throws IOException {
        String second = ", {\"question\": \"Why?\", \"mc1_targets\": {\"So.\": 1, \"No.\": 0},"
                + " \"mc2_targets\": {\"So.\": 1, \"No.\": 0}}]";
        FakeLanguageModel model = new FakeLanguageModel("A: No. A: No.");
        assertThat(load(FILE).run(new Engine(model, Progress.NONE)).details()).containsKey("confusion");
        String two = FILE.strip().replaceFirst("]$", second);
        assertThat(load(two).run(new Engine(model, Progress.NONE)).details()).doesNotContainKey("confusion");
    }

    @Test
    void run_asksEachAnswerOnce() throws IOException {
        FakeLanguageModel model = new FakeLanguageModel("A: No. A: No.");
        SampleRecord sample =
                load(FILE).run(new Engine(model, Progress.NONE)).samples().get(0);
        assertThat(model.scored()).hasSize(4).anyMatch(s -> s.endsWith("Q: What?\nA:| Never."));
        assertThat(sample.scores()).containsEntry("mc1", 1.0);
        assertThat(sample.prompt()).isEqualTo("Q: What?\nA:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"No.\": 1, \"Yes.\": 0 | \"No.\": 0, \"Yes.\": 0 | 0 true answers in mc1_targets",
                "\"No.\": 1, \"Yes.\": 0 | \"No.\": 1, \"Yes.\": 2 | 'Yes.' in mc1_targets is marked 2",
                "\"No.\": 1, \"Yes.\": 0 | \"\": 1, \"Yes.\": 0    | an answer in mc1_targets is empty",
                "\"What?\"              | 7                      | field 'question' is a number",
                "mc2_targets            | mc3_targets            | field 'mc2_targets' is missing",
            })
    void load_badItem_namesFileAndLine(String from, String to, String what) {
        assertThatThrownBy(() -> load(FILE.replace(from, to)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite truthfulqa_mc, mc_task.json line 2")
                .hasMessageContaining(what);
    }

    @Test
    void load_malformedOrRepeated_isRefused() {
        assertThatThrownBy(() -> load(FILE.replace("]\n", ""))).hasMessageContaining("malformed JSON");
        assertThatThrownBy(() -> load("{}")).hasMessageContaining("not a JSON list");
        assertThatThrownBy(() -> load("[]")).hasMessageContaining("no question in the file");
        assertThatThrownBy(() -> load(FILE.replace("]\n", "," + FILE.substring(1))))
                .hasMessageContaining("duplicate question 'What?' (first in suite truthfulqa_mc, mc_task.json line 2)");
        assertThatThrownBy(() -> load(FILE.replace("\"Ah.\": 0", "\"No.\": 0")))
                .hasMessageContaining("Duplicate field");
    }

    @Test
    void load_shots_areRefused() {
        assertThatThrownBy(() -> new TruthfulQaMc().load(SuiteOptions.of(folder).withShots(3)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no few-shot examples");
    }

    @Test
    void load_realFile_has817Questions() {
        MultipleChoice suite =
                (MultipleChoice) new TruthfulQaMc().load(SuiteOptions.of(SharedData.require("truthfulqa")));
        assertThat(suite.size()).isEqualTo(817);
        assertThat(suite.items()).allMatch(item -> item.target() == 0);
    }
}
