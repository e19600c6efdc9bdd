package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Journal;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.PromptFormat;

class EvaluatorTest {
    @TempDir
    Path folder;

    private final FakeLanguageModel model = new FakeLanguageModel("a b a b");

    @BeforeEach
    void data() throws IOException {
        Files.writeString(folder.resolve("text.txt"), "a b\n\nb a");
        Files.createDirectories(folder.resolve("mmlu/test"));
        Files.writeString(folder.resolve("mmlu/test/anatomy_test.csv"), "Skin?,t,u,v,w,A\nBone?,t,u,v,w,B\n");
    }

    private SuiteRequest perplexity() {
        return new SuiteRequest(Suites.find("perplexity"), SuiteOptions.of(folder.resolve("text.txt")));
    }

    private SuiteRequest mmlu() {
        return new SuiteRequest(
                Suites.find("mmlu"), SuiteOptions.of(folder.resolve("mmlu")).withShots(0));
    }

    private Results evaluate(SuiteRequest... requests) {
        return new Evaluator(List.of(requests), Progress.NONE).evaluate(model, folder.resolve("run"));
    }

    @Test
    void evaluate_writesResultsAndSamplesThatReadBack() throws IOException {
        Results results = evaluate(mmlu(), perplexity());
        Results read = Json.MAPPER.readValue(folder.resolve("run/results.json").toFile(), Results.class);
        assertThat(read.model()).isEqualTo("fake");
        assertThat(read.suites().keySet()).containsExactly("mmlu", "perplexity");
        assertThat(read.suites().get("mmlu").metrics())
                .isEqualTo(results.suites().get("mmlu").metrics());
        assertThat(read.suites().get("mmlu").n()).isEqualTo(2);
        assertThat(read.suites().get("mmlu").shots()).isZero();
        assertThat(read.suites().get("mmlu").tokens()).isPositive();
        assertThat(Json.MAPPER
                        .readTree(folder.resolve("run/results.json").toFile())
                        .at("/suites/mmlu/details/confusion/all/labels"))
                .hasSize(4);
        try (Stream<SampleRecord> samples =
                JsonLines.read(folder.resolve("run/samples/mmlu.jsonl"), SampleRecord.class)) {
            assertThat(samples.map(SampleRecord::id)).containsExactly("anatomy/0", "anatomy/1");
        }
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void evaluate_intoExistingResults_keepsOtherSuitesAndReplacesItsOwn() throws IOException {
        evaluate(mmlu());
        Files.writeString(folder.resolve("text.txt"), "a b a b a b");
        evaluate(perplexity());
        Results results = evaluate(perplexity());
        assertThat(results.suites().keySet()).containsExactly("mmlu", "perplexity");
        assertThat(results.suites().get("perplexity").n()).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("run/samples/perplexity.jsonl")))
                .hasSize(1);
    }

    @Test
    void evaluate_chat_recordsWhichTemplate() {
        SuiteRequest chat = new SuiteRequest(mmlu().suite(), mmlu().options().withChat(true));
        model.chatting(ChatTemplates.named("paper"));
        assertThat(evaluate(chat).suites().get("mmlu").details())
                .containsEntry(
                        "template_sha256",
                        Sha256.ofText(ChatTemplates.named("paper").source()));
        assertThat(evaluate(mmlu()).suites().get("mmlu").details()).doesNotContainKey("template_sha256");
    }

    @Test
    void evaluate_resultsOfAnotherModel_areRefused() {
        evaluate(perplexity());
        model.named("other");
        assertThatThrownBy(() -> evaluate(perplexity()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it holds results of model 'fake', not of 'other'");
    }

    @Test
    void evaluate_brokenResults_areRefused() throws IOException {
        evaluate(perplexity());
        Files.writeString(folder.resolve("run/results.json"), "{\"schema\": 1,");
        assertThatThrownBy(() -> evaluate(perplexity()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a results.json");
        Files.writeString(folder.resolve("run/results.json"), "{\"schema\": 2, \"model\": \"fake\", \"suites\": {}}");
        assertThatThrownBy(() -> evaluate(perplexity()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("schema 2, expected 1");
    }

    @Test
    void construct_badData_isRefusedBeforeAnythingIsWritten() throws IOException {
        Files.writeString(folder.resolve("mmlu/test/anatomy_test.csv"), "Skin?,t,u,v,w,Z\n");
        assertThatThrownBy(() -> evaluate(perplexity(), mmlu())).isInstanceOf(InputException.class);
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(model.scored()).isEmpty();
    }

    @Test
    void construct_suiteTwice_isRefused() {
        assertThatThrownBy(() -> evaluate(perplexity(), perplexity()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("asked for twice");
    }

    @Test
    void evaluate_twice_givesTheSameNumbers() {
        Results first = evaluate(mmlu(), perplexity());
        Results second = evaluate(mmlu(), perplexity());
        assertThat(second.suites().get("mmlu").metrics())
                .isEqualTo(first.suites().get("mmlu").metrics());
        assertThat(second.suites().get("mmlu").tokens())
                .isEqualTo(first.suites().get("mmlu").tokens());
    }

    /** Two questions about each of two passages: residual sums 1 and -1, sqrt(2/1 · 2) / 4. */
    @Test
    void evaluate_ownSuiteWithGroups_saysTheClusteredStandardErrorToo() throws IOException {
        Path yaml = Files.writeString(folder.resolve("own.yaml"), "name: own\ntype: exact_match\ndata: items.jsonl\n");
        Files.writeString(folder.resolve("items.jsonl"), """
                {"group": "p1", "prompt": "a", "target": "yes"}
                {"group": "p1", "prompt": "b", "target": "yes"}
                {"group": "p2", "prompt": "c", "target": "no"}
                {"group": "p2", "prompt": "d", "target": "no"}
                """);
        model.replying(prompt -> "yes");
        SuiteOptions options = new SuiteOptions(null, null, null, List.of(), PromptFormat.PLAIN, 0, null);
        SuiteResult result = evaluate(new SuiteRequest(Suites.find(yaml.toString()), options))
                .suites()
                .get("own");
        assertThat(result.details()).containsEntry("clustered_stderr", Map.of("exact_match", 0.5));
        assertThat(result.metrics().get("exact_match").stderr()).isCloseTo(Math.sqrt(1 / 12.0), within(1e-15));
        assertThat(evaluate(mmlu()).suites().get("mmlu").details()).doesNotContainKey("clustered_stderr");
    }

    private static final Map<String, String> FILES = Map.of("weights", "abc");

    private Results resumed(SuiteRequest... requests) {
        return new Evaluator(List.of(requests), Progress.NONE).evaluate(model, FILES, folder.resolve("run"), true);
    }

    private Path answers(String suite) {
        return folder.resolve("run/samples/." + suite + ".answers.jsonl");
    }

    @Test
    void resume_afterASuiteIsDone_asksItNothingAndKeepsTheRest() {
        Results first = resumed(mmlu());
        assertThat(answers("mmlu")).doesNotExist();
        model.scored().clear();
        assertThat(resumed(mmlu()).suites()).isEqualTo(read().suites()).isNotEmpty();
        assertThat(model.scored()).isEmpty();
        assertThat(read().suites().get("mmlu").metrics())
                .isEqualTo(first.suites().get("mmlu").metrics());
    }

    @Test
    void resume_ofASuiteAskedAnotherWay_saysWhatDiffers() {
        resumed(mmlu());
        SuiteRequest fewer =
                new SuiteRequest(mmlu().suite(), mmlu().options().withLimit(1).withSeed(9));
        assertThatThrownBy(() -> resumed(fewer))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("limit was null, is 1; seed was 0, is 9")
                .hasMessageContaining("results.json, suite mmlu");
    }

    @Test
    void resume_ofChangedDataOrAnotherModel_isRefused() throws IOException {
        resumed(mmlu());
        Files.writeString(folder.resolve("mmlu/test/anatomy_test.csv"), "Skin?,t,u,v,w,B\n");
        assertThatThrownBy(() -> resumed(mmlu()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite data was ");
        data();
        assertThatThrownBy(() -> new Evaluator(List.of(mmlu()), Progress.NONE)
                        .evaluate(model, Map.of("weights", "xyz"), folder.resolve("run"), true))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("weights was abc, is xyz");
    }

    @Test
    void resume_ofResultsThatDoNotSayWhatTheyWereMadeFrom_asksAgain() {
        evaluate(mmlu());
        model.scored().clear();
        resumed(mmlu());
        assertThat(model.scored()).hasSize(8);
    }

    @Test
    void resume_ofAKilledSuite_takesItsAnswers() throws IOException {
        Results whole = resumed(perplexity(), mmlu());
        String samples = Files.readString(folder.resolve("run/samples/mmlu.jsonl"));
        // as a process leaves it that is killed between the last answer and the samples
        LoadedSuite loaded = mmlu().suite().load(mmlu().options());
        Map<String, String> madeFrom = MadeFrom.of(FILES, mmlu(), loaded);
        try (Journal journal = Journal.create(answers("mmlu"), madeFrom)) {
            loaded.run(new Engine(model, Progress.NONE, journal));
        }
        Map<String, SuiteResult> others = new LinkedHashMap<>(whole.suites());
        others.remove("mmlu");
        AtomicFiles.writeJson(folder.resolve("run/results.json"), new Results(Results.SCHEMA, "fake", others));
        Files.delete(folder.resolve("run/samples/mmlu.jsonl"));
        model.scored().clear();

        SuiteResult resumed = resumed(perplexity(), mmlu()).suites().get("mmlu");
        assertThat(model.scored()).isEmpty();
        assertThat(resumed.metrics()).isEqualTo(whole.suites().get("mmlu").metrics());
        assertThat(resumed.tokens()).isEqualTo(whole.suites().get("mmlu").tokens());
        assertThat(Files.readString(folder.resolve("run/samples/mmlu.jsonl"))).isEqualTo(samples);
        assertThat(answers("mmlu")).doesNotExist();
    }

    @Test
    void resume_ofAnswersMadeFromSomethingElse_isRefusedAndLeavesThem() throws IOException {
        Journal.create(answers("mmlu"), Map.of("weights", "xyz")).close();
        assertThatThrownBy(() -> resumed(mmlu()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("weights was xyz, is abc")
                .hasMessageContaining(".mmlu.answers.jsonl");
        assertThat(answers("mmlu")).exists();
    }

    private Results read() {
        try {
            return Json.MAPPER.readValue(folder.resolve("run/results.json").toFile(), Results.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
