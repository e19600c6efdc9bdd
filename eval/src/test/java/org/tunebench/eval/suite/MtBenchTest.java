package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.CharacterTokenizer;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.judge.Comparison;
import org.tunebench.eval.judge.Exchange;
import org.tunebench.eval.judge.Judge;
import org.tunebench.eval.judge.JudgeRun;
import org.tunebench.eval.judge.JudgeTally;
import org.tunebench.eval.judge.Preference;
import org.tunebench.eval.judge.ReferenceJudge;

class MtBenchTest {
    private static final String QUESTIONS = """
            {"question_id": 1, "category": "writing", "turns": ["Write.", "Shorter."]}
            {"question_id": 2, "category": "math", "turns": ["1+1?", "times 3?"]}
            {"question_id": 3, "category": "stem", "turns": ["Why?"], "reference": ["Because."]}
            """;
    private static final String ANSWERS = """
            {"question_id": 2, "choices": [{"index": 0, "turns": ["2", "6"]}]}
            """;

    @TempDir
    Path folder;

    private final FakeLanguageModel model = new FakeLanguageModel("x").replying(prompt -> "answer " + prompt.length());

    @BeforeEach
    void data() throws IOException {
        Files.writeString(folder.resolve("question.jsonl"), QUESTIONS);
        Files.createDirectory(folder.resolve("reference_answer"));
        Files.writeString(folder.resolve("reference_answer/gpt-4.jsonl"), ANSWERS);
    }

    /** Gives the ratings in turn; what is no number is a verdict without rating. */
    private static final class ScriptedJudge implements Judge {
        private final List<String> verdicts;
        private final List<Exchange> asked = new ArrayList<>();

        ScriptedJudge(String... verdicts) {
            this.verdicts = List.of(verdicts);
        }

        @Override
        public String identity() {
            return name();
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public boolean wantsAllReferences() {
            return false;
        }

        @Override
        public List<Preference> compare(List<Comparison> comparisons, JudgeRun run) {
            throw new AssertionError("nothing to compare");
        }

        @Override
        public List<Judgment> rate(List<Exchange> exchanges, JudgeRun run) {
            asked.addAll(exchanges);
            return verdicts.stream()
                    .map(v -> new Judgment(
                            "scripted",
                            "single-v1",
                            v,
                            v.matches("[0-9.]+") ? Double.valueOf(v) : null,
                            v.equals("down") ? "no answer" : null,
                            10L,
                            1L))
                    .toList();
        }
    }

    private LoadedSuite.Outcome run(SuiteOptions options) {
        return new MtBench().load(options).run(new Engine(model, Progress.NONE));
    }

    @Test
    void run_asksTwoTurnsAtTheCategorysTemperature() {
        run(SuiteOptions.of(folder).withSeed(7));
        assertThat(model.options())
                .extracting(o -> o.sampling().temperature())
                .containsExactly(0.0, 0.0, 0.1, 0.7, 0.7);
        assertThat(model.options())
                .allMatch(o -> o.maxNewTokens() == 1024 && o.sampling().seed() == 7);
        assertThat(model.prompts())
                .containsExactly(
                        "1+1?\n\n",
                        "1+1?\n\nanswer 6\n\ntimes 3?\n\n",
                        "Why?\n\n",
                        "Write.\n\n",
                        "Write.\n\nanswer 8\n\nShorter.\n\n");
    }

    @Test
    void run_chat_rendersTheTurnsAndStopsAtTheirEnd() {
        model.chatting().replying(prompt -> "fine");
        run(SuiteOptions.of(folder).withLimit(1).withChat(true));
        assertThat(model.prompts())
                .containsExactly(
                        "[user]Write.<|end|>[assistant]",
                        "[user]Write.<|end|>[assistant]fine<|end|>[user]Shorter.<|end|>[assistant]");
        assertThat(model.options()).allMatch(o -> o.stopTokens().equals(List.of(CharacterTokenizer.END)));
    }

    @Test
    void run_score_isThePooledMeanAndUnparsedAreCounted() {
        LoadedSuite.Outcome outcome =
                run(SuiteOptions.of(folder).withJudge(new ScriptedJudge("8", "4", "9", "hm", "down")));
        assertThat(outcome.metrics().get("score").value()).isCloseTo(7.0, within(1e-12));
        assertThat(outcome.metrics().get("turn1").value()).isCloseTo(8.5, within(1e-12));
        assertThat(outcome.metrics().get("turn2").value()).isEqualTo(4);
        assertThat(outcome.groups().get("writing").metrics().get("score").value())
                .isEqualTo(6);
        assertThat(outcome.groups().get("stem").metrics()).isEmpty();
        assertThat(outcome.details())
                .containsEntry("judge", new JudgeTally("scripted", 5, 1, 1, 50L, 5L, null))
                .containsEntry("judged", 3L)
                .containsEntry("unparsed", 1L)
                .containsEntry("judge_failed", 1L);
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("1/1", "1/2", "2/1", "2/2", "3/1");
        SampleRecord unparsed = outcome.samples().get(3);
        assertThat(unparsed.scores()).isEmpty();
        assertThat(unparsed.flags()).containsExactly("unparsed");
        assertThat(unparsed.judgment().text()).isEqualTo("hm");
        assertThat(unparsed.prompt()).isEqualTo("times 3?");
    }

    /** Two questions: means 6 and 9, of two and one rating; r = 7, residuals -2 and 2. */
    @Test
    void run_standardError_isClusteredByQuestion() {
        LoadedSuite.Outcome outcome =
                run(SuiteOptions.of(folder).withJudge(new ScriptedJudge("8", "4", "9", "hm", "hm")));
        assertThat(outcome.metrics().get("score").stderr()).isCloseTo(Math.sqrt(2 / 1.0 * (4 + 4)) / 3, within(1e-12));
    }

    @Test
    void run_references_areShownForMathReasoningAndCodingOnly() {
        ScriptedJudge judge = new ScriptedJudge("1", "1", "1", "1", "1");
        run(SuiteOptions.of(folder).withJudge(judge));
        assertThat(judge.asked)
                .extracting(Exchange::references)
                .containsExactly(List.of(), List.of(), List.of("2", "6"), List.of("2", "6"), List.of());
        assertThat(judge.asked.get(3).questions()).containsExactly("1+1?", "times 3?");
    }

    @Test
    void run_referenceJudge_usesEveryReferenceThereIs() {
        model.replying(prompt -> prompt.contains("times") ? "6" : "Because");
        LoadedSuite.Outcome outcome = run(SuiteOptions.of(folder).withJudge(new ReferenceJudge()));
        assertThat(outcome.samples())
                .extracting(SampleRecord::scores)
                .containsExactly(
                        Map.of(), Map.of(), Map.of("score", 1.0), Map.of("score", 10.0), Map.of("score", 10.0));
        assertThat(outcome.details()).containsEntry("judge_failed", 2L);
        assertThat(outcome.samples().get(4).judgment().text()).contains("No model judged");
    }

    @Test
    void run_withoutJudge_keepsTheAnswers() {
        LoadedSuite.Outcome outcome = run(SuiteOptions.of(folder));
        assertThat(outcome.metrics()).isEmpty();
        assertThat(outcome.details()).doesNotContainKey("judge");
        assertThat(outcome.samples().get(0).response()).isEqualTo("answer 8");
    }

    @Test
    void load_badData_namesFileAndLine() throws IOException {
        assertBad(QUESTIONS.replace("\"question_id\": 3", "\"question_id\": 2"), "line 3: duplicate question_id '2'");
        assertBad(QUESTIONS.replace("\"Shorter.\"", "\"\""), "line 1: turns[1] is empty");
        assertBad(QUESTIONS.replace("\"Shorter.\"", "\"b\", \"c\""), "line 1: 3 turns, expected one or two");
        assertBad(QUESTIONS.replace("\"stem\"", "\"coding\""), "line 3: question 3 (coding) has 0 reference answers");
        Files.writeString(
                folder.resolve("reference_answer/gpt-4.jsonl"),
                ANSWERS.replace("[{", "[[{").replace("}]", "}]]"));
        assertBad(QUESTIONS, "gpt-4.jsonl line 1: field 'choices' holds no answer");
    }

    private void assertBad(String questions, String what) throws IOException {
        Files.writeString(folder.resolve("question.jsonl"), questions);
        assertThatThrownBy(() -> new MtBench().load(SuiteOptions.of(folder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(what);
    }

    @Test
    void load_realFiles_have80QuestionsAndTheirReferences() {
        Path real = SharedData.require("mt_bench/mt_bench");
        assertThat(new MtBench().load(SuiteOptions.of(real)).size()).isEqualTo(80);
        ScriptedJudge judge =
                new ScriptedJudge(java.util.Collections.nCopies(160, "5").toArray(String[]::new));
        LoadedSuite.Outcome outcome = run(SuiteOptions.of(real).withJudge(judge));
        assertThat(outcome.samples()).hasSize(160);
        assertThat(outcome.groups())
                .hasSize(8)
                .allSatisfy((c, g) -> assertThat(g.n()).isEqualTo(20));
        assertThat(judge.asked).filteredOn(e -> !e.references().isEmpty()).hasSize(60);
        assertThat(new MtBench()
                        .load(SuiteOptions.of(SharedData.require("mt_bench/vicuna_bench")))
                        .size())
                .isEqualTo(80);
    }
}
