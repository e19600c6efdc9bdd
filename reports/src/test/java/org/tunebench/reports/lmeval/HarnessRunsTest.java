package org.tunebench.reports.lmeval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.html.Report;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.testing.SmallRuns;

/** On what lm_eval 0.4.13 wrote (src/test/resources/lm-eval/README.md). */
class HarnessRunsTest {
    private static final Path RESULTS = results();

    @TempDir
    Path directory;

    @Test
    void outputFolder_isOneRunAModel_withTheHarnesssOwnNumbers() {
        List<Run> runs = HarnessRuns.read(RESULTS);
        assertThat(runs).extracting(Run::name).containsExactly("models/masked", "models/mixed");
        SuiteResult choice = runs.get(0).suites().get("tiny_choice");
        assertThat(choice.n()).isEqualTo(12);
        assertThat(choice.shots()).isZero();
        assertThat(choice.metrics().get("acc").value()).isEqualTo(0.25);
        assertThat(choice.metrics().get("acc").stderr()).isEqualTo(0.1305582419667734);
        assertThat(runs.get(0).suites().get("tiny_generate").metrics())
                .containsOnlyKeys("exact_match", "exact_match,flexible-extract");
        assertThat(runs.get(0).record().base().parameters()).isEqualTo(1_180_800);
    }

    @Test
    void samples_haveChoicesWithLogLikelihoods_orTheResponse() {
        Run run = HarnessRuns.read(RESULTS).get(0);
        try (var samples = run.samples().of("tiny_choice")) {
            SampleRecord first = samples.findFirst().orElseThrow();
            assertThat(first.prompt()).isEqualTo("Question: What is 0 + 1?\nAnswer:");
            assertThat(first.choices()).containsExactly("1", "2", "5");
            assertThat(first.loglikelihoods())
                    .containsExactly(-16.248104095458984, -14.331364631652832, -14.353150367736816);
            assertThat(first.prediction()).isEqualTo(1);
            assertThat(first.target()).isEqualTo(0);
            assertThat(first.scores()).containsOnly(Map.entry("acc", 0.0), Map.entry("acc_norm", 0.0));
        }
        // one line an item, though the file has one for each of two filters
        try (var samples = run.samples().of("tiny_generate")) {
            assertThat(samples.map(SampleRecord::response)).hasSize(6);
        }
    }

    @Test
    void twoModels_areComparedItemByItem() {
        Comparison comparison = Comparison.of(Experiment.read(List.of(RESULTS)));
        assertThat(comparison.between("models/masked", "models/mixed", "tiny_choice"))
                .hasValueSatisfying(pair -> assertThat(pair.difference().n()).isEqualTo(12));
    }

    @Test
    void report_joinsThemWithRunsOfOurs_andSaysWhereTheyAreFrom() throws Exception {
        Path ours = new SmallRuns(directory).base("base", "0110");
        String page = Files.readString(Report.write(List.of(ours, RESULTS), directory.resolve("report.html"))
                .get(0));
        assertThat(page)
                .contains("From lm-evaluation-harness: models/masked, models/mixed.", "data-kind=\"lm-eval\"")
                .contains("lm-evaluation-harness 0.4.13");
    }

    @Test
    void itemsOfTheSameData_areMatchedWithOurs_othersAreKeptApart() {
        List<SampleRecord> samples = List.of(sample("a/0"), sample("a/1"), sample("b/0"), sample("b/1"));
        Path ours = new SmallRuns(directory).write("base", null, "", 1, Map.of("mmlu", samples), "1");
        Path same = harness("same", "0", "0", "0", "0");
        Path other = harness("other", "0", "1", "1", "0");
        Experiment experiment = Experiment.read(List.of(ours, same, other));
        Comparison comparison = Comparison.of(experiment);
        assertThat(comparison.between("base", "same", "mmlu"))
                .hasValueSatisfying(pair -> assertThat(pair.difference().n()).isEqualTo(4));
        assertThat(comparison.between("base", "other", "mmlu")).isEmpty();
        assertThat(experiment.notes()).anyMatch(note -> note.contains("'mmlu' of 'other' asks other items"));
    }

    @Test
    void resultsWithoutSamples_standByTheirTotals() {
        AtomicFiles.write(
                directory.resolve("model/results_2024-01-01.json"),
                "{\"results\":{\"arc\":{\"alias\":\"arc\",\"acc,none\":0.5,\"acc_stderr,none\":\"N/A\"}},"
                        + "\"versions\":{\"arc\":1},\"n-samples\":{\"arc\":{\"original\":4,\"effective\":4}},"
                        + "\"model_name\":\"org/model\"}");
        Experiment experiment = Experiment.read(List.of(directory.resolve("model")));
        assertThat(experiment.notes()).anyMatch(note -> note.contains("'arc' of 'org/model' came without samples"));
        assertThat(experiment
                        .candidates()
                        .get(0)
                        .results("arc")
                        .get(0)
                        .metrics()
                        .get("acc")
                        .stderr())
                .isNull();
    }

    @Test
    void ourResults_writtenInTheHarnesssShape_readBackTheSame() {
        Run ours = Run.read(new SmallRuns(directory).base("base", "0110"));
        Path file = directory.resolve("out").resolve(HarnessResults.fileName(ours));
        AtomicFiles.writeJson(file, HarnessResults.of(ours));
        Run back = HarnessRuns.read(directory.resolve("out")).get(0);
        assertThat(back.name()).isEqualTo("base");
        assertThat(back.suites().get("mmlu").metrics().get("acc").value()).isCloseTo(0.5, within(1e-15));
        assertThat(back.suites().get("mmlu").metrics().get("acc").stderr())
                .isEqualTo(ours.suites().get("mmlu").metrics().get("acc").stderr());
        assertThat(back.suites().get("mmlu").n()).isEqualTo(4);
    }

    @Test
    void modelGivenByItsPath_isNamedByTheEnd() {
        AtomicFiles.write(
                directory.resolve("__home__me__runs__masked__checkpoint/results_1.json"),
                "{\"results\":{\"arc\":{\"acc,none\":0.5}},\"versions\":{\"arc\":1},"
                        + "\"model_name\":\"/home/me/runs/masked/checkpoint\"}");
        assertThat(HarnessRuns.read(directory)).extracting(Run::name).containsExactly("masked/checkpoint");
    }

    @Test
    void whatIsNoResultsFile_isRefused() throws Exception {
        Path other = Files.writeString(directory.resolve("results.json"), "{\"schema\": 1}");
        assertThatThrownBy(() -> Experiment.read(List.of(other)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a results file of lm-evaluation-harness");
        Path half = Files.writeString(directory.resolve("results_1.json"), "{\"results\": {");
        assertThatThrownBy(() -> Experiment.read(List.of(half)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a whole results file");
    }

    private static Path results() {
        try {
            return Path.of(HarnessRunsTest.class
                            .getResource("/lm-eval/README.md")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SampleRecord sample(String id) {
        return new SampleRecord(
                id, id.substring(0, 1), "P", List.of("A", "B"), null, null, null, 0, 0, Map.of("acc", 1.0), null);
    }

    /** Four questions of two subjects of MMLU, whose targets are given; the first of each is answered rightly. */
    private Path harness(String model, String... targets) {
        StringBuilder results = new StringBuilder();
        for (int subject = 0; subject < 2; subject++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                lines.append("{\"doc_id\":" + i + ",\"target\":\"" + targets[2 * subject + i]
                        + "\",\"arguments\":{\"gen_args_0\":{\"arg_0\":\"Q\",\"arg_1\":\" A\"},"
                        + "\"gen_args_1\":{\"arg_0\":\"Q\",\"arg_1\":\" B\"}},\"resps\":[[[\"-1\",\"True\"]],[[\"-2\",\"False\"]]],"
                        + "\"filtered_resps\":[[\"-1\",\"True\"]],\"filter\":\"none\",\"metrics\":[\"acc\"],\"acc\":"
                        + (1 - i)
                        + "}\n");
            }
            AtomicFiles.write(
                    directory.resolve(model + "/samples_mmlu_" + "ab".charAt(subject) + "_1.jsonl"), lines.toString());
            results.append(subject == 0 ? "" : ",")
                    .append("\"mmlu_" + "ab".charAt(subject)
                            + "\":{\"acc,none\":0.5,\"acc_stderr,none\":0.5,\"sample_len\":2}");
        }
        AtomicFiles.write(
                directory.resolve(model + "/results_1.json"),
                "{\"results\":{" + results + "},\"versions\":{},\"model_name\":\"" + model + "\",\"configs\":{"
                        + "\"mmlu_a\":{\"dataset_path\":\"cais/mmlu\",\"dataset_name\":\"a\"},"
                        + "\"mmlu_b\":{\"dataset_path\":\"cais/mmlu\",\"dataset_name\":\"b\"}}}");
        return directory.resolve(model);
    }
}
