package org.tunebench.reports.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.testing.SmallRuns;

class ExperimentTest {
    @TempDir
    Path directory;

    private SmallRuns runs;

    @BeforeEach
    void runs() {
        runs = new SmallRuns(directory);
    }

    @Test
    void runsOfOneRecipe_areOneCandidate_inTheOrderOfSeeds() {
        Experiment experiment = Experiment.read(
                List.of(runs.run("masked", 2, "01"), runs.run("masked", 1, "10"), runs.base("base", "00")));
        assertThat(experiment.candidates()).extracting(Candidate::name).containsExactly("base", "masked");
        assertThat(experiment.runs()).extracting(Run::name).containsExactly("base", "masked-1", "masked-2");
    }

    @Test
    void runsOfOneNameButDifferentSettings_areTwoCandidates() {
        Path one = runs.write("x-1", "x", "mask: all\nseed: 1\n", 1, Map.of("mmlu", SmallRuns.right("01")), "1");
        Path two = runs.write("x-2", "x", "mask: response\nseed: 2\n", 2, Map.of("mmlu", SmallRuns.right("01")), "1");
        assertThat(Experiment.read(List.of(one, two)).candidates())
                .extracting(Candidate::name)
                .containsExactly("x-1", "x-2");
    }

    @Test
    void sameFolderTwice_countsOnce() {
        Path run = runs.base("base", "01");
        assertThat(Experiment.read(List.of(run, run)).runs()).hasSize(1);
    }

    @Test
    void recipe_isReadByDottedKeys_withPlainNumbers() {
        Path run = runs.write(
                "x-1",
                "x",
                "optimizer: {learning_rate: 5.0e-4}\ndata: [{path: a.jsonl, weight: 1.0}]\n",
                1,
                Map.of("mmlu", SmallRuns.right("01")),
                "1");
        assertThat(Experiment.read(List.of(run)).runs().get(0).training().recipe())
                .containsEntry("optimizer.learning_rate", "0.0005")
                .containsEntry("data[0].path", "a.jsonl")
                .containsEntry("data[0].weight", "1");
    }

    @Test
    void differentSuiteVersions_areSaid() {
        Path one = runs.write("a", null, "", 1, Map.of("mmlu", SmallRuns.right("01")), "1");
        Path two = runs.write("b", "b", "mask: all\n", 1, Map.of("mmlu", SmallRuns.right("01")), "2");
        assertThat(Experiment.read(List.of(one, two)).notes())
                .singleElement()
                .asString()
                .contains("different versions (1 and 2)", "items that both answered", "not strictly comparable");
    }

    @Test
    void askedThroughAnotherTemplate_thanTrainedWith_isSaid() {
        Path same = templated("same", "a".repeat(64));
        Path other = templated("other", "b".repeat(64));
        assertThat(Experiment.read(List.of(same, other)).notes())
                .containsExactly(
                        "Run 'other' was trained with the chat template 'paper' (SHA-256 aaaaaaaaaaaa…), but suite"
                                + " 'mt_bench' asked it through another one (SHA-256 bbbbbbbbbbbb…): it may do worse there than it can.");
    }

    private Path templated(String name, String askedWith) {
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                new RunRecord.Recipe(name, "f".repeat(64)),
                new RunRecord.BaseModel("base", "models/base", "c", "w", "t", 1000),
                new RunRecord.Template("paper", "a".repeat(64)),
                List.of(),
                Map.of());
        Instant start = Instant.parse("2026-03-01T20:00:00Z");
        RunRecord run = RunRecord.running(name, inputs, new RunEnvironment("cpu", null, Map.of(), null), start);
        RunFolder folder = RunFolder.create(directory.resolve(name), run);
        SuiteResult result = new SuiteResult(
                "1",
                1,
                0,
                true,
                Map.of("score", new Metric(5, null, null)),
                Map.of(),
                Map.of("template_sha256", askedWith),
                1,
                10);
        folder.write(new Results(Results.SCHEMA, name, Map.of("mt_bench", result)));
        folder.write(run.done(null, start.plusSeconds(1)));
        return folder.path();
    }

    @Test
    void suiteWithoutSamples_isLeftOut_andSaid() {
        Path run = runs.write("a", null, "", 1, Map.of("mmlu", SmallRuns.right("01"), "hellaswag", List.of()), "1");
        Experiment experiment = Experiment.read(List.of(run));
        assertThat(experiment.suites()).containsOnlyKeys("mmlu");
        assertThat(experiment.notes())
                .containsExactly("Suite 'hellaswag' has no scored samples and is not in the tables.");
    }

    @Test
    void failedRunWithoutResults_isNamedWithItsReason() throws Exception {
        Path failed = runs.run("masked", 1, "01");
        RunFolder folder = RunFolder.open(failed);
        folder.write(folder.readRecord().failed("loss was NaN at step 7", Instant.parse("2026-03-01T20:01:00Z")));
        Files.delete(folder.resultsFile());
        assertThat(Experiment.read(List.of(failed, runs.base("base", "01"))).notes())
                .containsExactly(
                        "Run 'masked-1' has no results (failed: loss was NaN at step 7) and is not in the tables.");
    }

    @Test
    void noResultsAtAll_isRefused() throws Exception {
        Path run = runs.base("base", "01");
        Files.delete(run.resolve("results.json"));
        assertThatThrownBy(() -> Experiment.read(List.of(run)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none of the runs has results");
    }

    @Test
    void missingFolder_isRefused() {
        assertThatThrownBy(() -> Experiment.read(List.of(directory.resolve("nowhere"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such folder");
    }

    @Test
    void halfWrittenResults_areRefused() throws Exception {
        Path run = runs.base("base", "01");
        Files.writeString(run.resolve("results.json"), "{\"schema\":1,\"suites\":{");
        assertThatThrownBy(() -> Experiment.read(List.of(run)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a whole results.json");
    }

    @Test
    void recipeThatIsNotYaml_isRefusedWithItsLine() throws Exception {
        Path run = runs.run("masked", 1, "01");
        Files.writeString(run.resolve("recipe.yaml"), "mask: all\ndata: [\n");
        assertThatThrownBy(() -> Experiment.read(List.of(run)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("recipe.yaml line 2");
    }
}
