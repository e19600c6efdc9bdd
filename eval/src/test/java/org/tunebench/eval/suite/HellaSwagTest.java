package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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

class HellaSwagTest {
    private static final String ITEM = """
            {"activity_label": "Roof", "ctx_a": "A man sits.", "ctx_b": "he", \
            "endings": ["sings.", "[title] Eats.", "is  on   it.", "runs."], "label": 2, "split_type": "indomain"}
            """;

    @TempDir
    Path folder;

    private MultipleChoice load(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("hellaswag_val.jsonl"), text);
        return (MultipleChoice) new HellaSwag().load(SuiteOptions.of(file));
    }

    @Test
    void load_cleansQueryAndEndings() throws IOException {
        ChoiceItem item = load(ITEM).items().get(0);
        assertThat(item.prompt().question()).isEqualTo("Roof: A man sits. He");
        assertThat(item.choices()).containsExactly("sings.", " Eats.", "is on  it.", "runs.");
        assertThat(item.target()).isEqualTo(2);
        assertThat(item.group()).isEqualTo("indomain");
    }

    @Test
    void clean_followsTheReferenceStepByStep() {
        assertThat(HellaSwag.clean(" a [title] b [step] c [x\ny] d ")).isEqualTo("a. b c [x\ny] d");
        assertThat(HellaSwag.query("X", "[header] How [title] do", "")).isEqualTo("X: How. do");
        assertThat(HellaSwag.query("X", "a", "tHE End")).isEqualTo("X: a The end");
    }

    @Test
    void run_scoresAgainstTheBigram() throws IOException {
        FakeLanguageModel model = new FakeLanguageModel("he runs. he runs. he runs.");
        LoadedSuite.Outcome outcome = load(ITEM).run(new Engine(model, Progress.NONE));
        SampleRecord sample = outcome.samples().get(0);
        assertThat(model.scored()).contains("Roof: A man sits. He| runs.");
        assertThat(sample.choiceTokens()).containsExactly(7, 7, 11, 6);
        assertThat(sample.prediction()).isEqualTo(3);
        assertThat(sample.scores())
                .containsExactlyInAnyOrderEntriesOf(Map.of("acc", 0.0, "acc_norm", 0.0, "acc_bytes", 0.0));
        assertThat(outcome.metrics().get("acc").value()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"activity_label\": '                        | malformed JSON",
                "'[1]'                                         | a JSON array, expected an object",
                "'{\"ctx_a\": \"x\", \"ctx_b\": \"y\"}'         | field 'activity_label' is missing",
                "'{\"activity_label\": 3}'                      | field 'activity_label' is a number, expected a text",
            })
    void load_badLine_namesFileAndLine(String line, String what) {
        assertThatThrownBy(() -> load(ITEM + line + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite hellaswag, hellaswag_val.jsonl line 2")
                .hasMessageContaining(what);
    }

    @Test
    void load_badEndingsOrLabel_areRefused() {
        assertThatThrownBy(() -> load(ITEM.replace("\"runs.\"", "\"\""))).hasMessageContaining("endings[3] is empty");
        assertThatThrownBy(() -> load(ITEM.replace("\"runs.\"", "\"[x]\"")))
                .hasMessageContaining("ending 3 is empty once brackets are taken out");
        assertThatThrownBy(() -> load(ITEM.replace(", \"runs.\"", ""))).hasMessageContaining("3 endings, expected 4");
        assertThatThrownBy(() -> load(ITEM.replace("\"label\": 2", "\"label\": 4")))
                .hasMessageContaining("label 4 is out of range");
    }

    /** Every item of the sample whose cleaned form is among the first 1,000 published ones comes out the same. */
    @Test
    void clean_ofRealItems_equalsTheirPublishedForm() throws IOException {
        Path published = SharedData.require("hellaswag/hellaswag_val.first1000.txt");
        Path sample = SharedData.require("hellaswag/hellaswag_val.sample.jsonl");
        List<String> lines = Files.readAllLines(published);
        Map<String, List<String>> endingsByFirst = new HashMap<>();
        for (int i = 0; i + 5 < lines.size(); i += 6) {
            endingsByFirst.put(String.join("\n", lines.subList(i + 2, i + 6)), lines.subList(i, i + 2));
        }
        List<String> compared = new ArrayList<>();
        MultipleChoice suite = (MultipleChoice) new HellaSwag().load(SuiteOptions.of(sample));
        for (ChoiceItem item : suite.items()) {
            List<String> queryAndLabel = endingsByFirst.get(String.join("\n", item.choices()));
            if (queryAndLabel != null) {
                assertThat(item.target()).hasToString(queryAndLabel.get(1));
                compared.add(item.id());
            }
        }
        assertThat(suite.size()).isEqualTo(862);
        assertThat(compared).hasSizeGreaterThan(100);
    }

    /** Published per-ending log-likelihoods: the argmax counts that the published files give on the first 1,000 items. */
    @ParameterizedTest
    @CsvSource({
        "sum_meta-llama--Llama-3.2-1B, 416",
        "byte_mean_meta-llama--Llama-3.2-1B, 510",
        "HuggingFaceTB--SmolLM2-1.7B, 546",
        "EleutherAI--pythia-1b, 431"
    })
    void accuracy_ofPublishedScores_givesThePublishedCount(String model, int right) throws IOException {
        List<String> scores = Files.readAllLines(SharedData.require("hellaswag_loglik/full_prompt/" + model + ".csv"));
        List<String> items = Files.readAllLines(SharedData.require("hellaswag/hellaswag_val.first1000.txt"));
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            int label = Integer.parseInt(items.get(6 * i + 1).strip());
            double[] row = numbers(scores.get(i + 1));
            sum += Grading.accuracy(items.subList(6 * i + 2, 6 * i + 6), label, List.of(Grading.Accuracy.ACC))
                    .grade(row)
                    .scores()
                    .getOrDefault("acc", -1.0);
        }
        assertThat(sum).isEqualTo(right);
    }

    /** The published byte means are the published sums over the bytes of context (without activity) and ending. */
    @Test
    void accBytes_ofPublishedSums_takesThePublishersOwnChoice() throws IOException {
        Path published = SharedData.require("hellaswag_loglik/full_prompt");
        List<String> sums = Files.readAllLines(published.resolve("sum_meta-llama--Llama-3.2-1B.csv"));
        List<String> means = Files.readAllLines(published.resolve("byte_mean_meta-llama--Llama-3.2-1B.csv"));
        List<String> items = Files.readAllLines(SharedData.require("hellaswag/hellaswag_val.first1000.txt"));
        List<Integer> different = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String context = items.get(6 * i).split(": ", 2)[1];
            List<String> texts = items.subList(6 * i + 2, 6 * i + 6).stream()
                    .map(ending -> context + " " + ending)
                    .toList();
            int theirs = Grading.largest(numbers(means.get(i + 1)), 4);
            Grading.Grade ours = Grading.accuracy(texts, theirs, List.of(Grading.Accuracy.ACC_BYTES))
                    .grade(numbers(sums.get(i + 1)));
            if (!ours.scores().equals(Map.of("acc_bytes", 1.0))) {
                different.add(i);
            }
        }
        assertThat(different).isEmpty();
    }

    private static double[] numbers(String row) {
        return Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
