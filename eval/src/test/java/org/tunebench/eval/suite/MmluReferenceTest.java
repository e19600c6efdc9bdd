package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.SharedData;

/**
 * lm-evaluation-harness (4e7e0d4, tests/testdata) publishes what a model got on every MMLU subject that answers at random:
 * items shuffled with seed 42, then log-likelihoods {@code -random()} from seed 42, over answer texts. Accuracies, those
 * normalised by length, and standard errors must come out the same.
 */
class MmluReferenceTest {
    @Test
    void cloze_ofTheReferencesRandomModel_givesItsPublishedScores() throws IOException {
        Path oracles = SharedData.require("lm_eval_oracles");
        SuiteOptions options = SuiteOptions.of(SharedData.require("mmlu")).withShots(0);
        MultipleChoice suite = (MultipleChoice) new Mmlu(Mmlu.Formulation.CLOZE).load(options);
        List<String> subjects =
                suite.items().stream().map(ChoiceItem::group).distinct().toList();
        assertThat(subjects).hasSize(54);
        for (String subject : subjects) {
            Path file = oracles.resolve("hendrycksTest-" + subject + "-v0-res.json");
            JsonNode published =
                    Json.MAPPER.readTree(file.toFile()).path("results").path("hendrycksTest-" + subject);
            List<ChoiceItem> items = new ArrayList<>(suite.items().stream()
                    .filter(i -> subject.equals(i.group()))
                    .toList());
            Map<String, Metric> metrics = Summary.means(answeredAtRandom(items));
            for (String metric : List.of("acc", "acc_norm")) {
                Metric ours = metrics.get(metric);
                assertThat(ours.value())
                        .as(subject + " " + metric)
                        .isCloseTo(published.path(metric).asDouble(), within(1e-12));
                assertThat(ours.stderr())
                        .as(subject + " " + metric + " stderr")
                        .isCloseTo(published.path(metric + "_stderr").asDouble(), within(1e-12));
            }
        }
    }

    private static List<SampleRecord> answeredAtRandom(List<ChoiceItem> items) {
        new PythonRandom(42).shuffle(items);
        PythonRandom random = new PythonRandom(42);
        List<SampleRecord> samples = new ArrayList<>();
        for (ChoiceItem item : items) {
            double[] logLikelihoods = new double[4];
            for (int i = 0; i < 4; i++) {
                logLikelihoods[i] = -random.random();
            }
            Grading.Grade grade = item.grading().grade(logLikelihoods);
            samples.add(new SampleRecord(
                    item.id(), item.group(), null, null, null, null, null, null, null, grade.scores(), null));
        }
        return samples;
    }

    @Test
    void pythonRandom_isCPythons() {
        PythonRandom random = new PythonRandom(42);
        assertThat(random.random()).isEqualTo(0.6394267984578837);
        assertThat(random.random()).isEqualTo(0.025010755222666936);
    }
}
