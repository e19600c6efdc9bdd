package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.PairwiseRecord.Game;
import org.tunebench.core.record.PairwiseRecord.Winner;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.statistics.WinRate;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.testing.SharedData;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.judge.Comparison;
import org.tunebench.eval.judge.Exchange;
import org.tunebench.eval.judge.Judge;
import org.tunebench.eval.judge.JudgeRun;
import org.tunebench.eval.judge.Preference;
import org.tunebench.eval.judge.ReferenceJudge;

class PairwiseTest {
    private static final String QUESTIONS = """
            {"question_id": 1, "category": "math", "turns": ["1+1?", "times 3?"]}
            {"question_id": 2, "category": "stem", "turns": ["Why?"], "reference": ["Because."]}
            """;
    private static final String ANSWERS = """
            {"question_id": 1, "choices": [{"index": 0, "turns": ["2", "6"]}]}
            """;

    @TempDir
    Path folder;

    /** Says what a function says of a pair. */
    private static final class PairJudge implements Judge {
        private final Function<Comparison, String> words;
        private final List<Comparison> asked = new ArrayList<>();

        PairJudge(Function<Comparison, String> words) {
            this.words = words;
        }

        @Override
        public String name() {
            return "pairs";
        }

        @Override
        public String identity() {
            return "pairs";
        }

        @Override
        public boolean wantsAllReferences() {
            return false;
        }

        @Override
        public List<Judgment> rate(List<Exchange> exchanges, JudgeRun run) {
            return exchanges.stream()
                    .map(e -> new Judgment("pairs", "rule", "5", 5.0, null, null, null))
                    .toList();
        }

        @Override
        public List<Preference> compare(List<Comparison> comparisons, JudgeRun run) {
            asked.addAll(comparisons);
            return comparisons.stream()
                    .map(words)
                    .map(said -> new Preference(
                            "pairs",
                            "rule",
                            said.equals("down") ? null : said,
                            said.matches("A|B|TIE") ? Preference.Side.valueOf(said) : null,
                            said.equals("down") ? "no answer" : null,
                            10L,
                            1L))
                    .toList();
        }
    }

    @BeforeEach
    void data() throws IOException {
        Files.createDirectories(folder.resolve("data/reference_answer"));
        Files.writeString(folder.resolve("data/question.jsonl"), QUESTIONS);
        Files.writeString(folder.resolve("data/reference_answer/gpt-4.jsonl"), ANSWERS);
    }

    private Evaluator evaluator(Judge judge) {
        SuiteOptions options = SuiteOptions.of(folder.resolve("data")).withJudge(judge);
        return new Evaluator(List.of(new SuiteRequest(new MtBench(), options)), Progress.NONE);
    }

    /** A scored run of a model that answers so. */
    private RunFolder run(String name, Judge judge, Function<String, String> answer) {
        String hash = "0".repeat(64);
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null, new RunRecord.BaseModel(name, name, hash, hash, hash, 1), null, List.of(), Map.of());
        RunFolder run = RunFolder.create(
                folder.resolve(name), RunRecord.running(name, inputs, RunEnvironment.current("cpu"), Instant.EPOCH));
        FakeLanguageModel model = new FakeLanguageModel("x").named(name).replying(answer::apply);
        evaluator(judge).evaluate(model, run.path());
        return run;
    }

    private static List<PairwiseRecord> records(RunFolder run) {
        return run.readPairwise().get("mt_bench");
    }

    private static Map<?, ?> summary(RunFolder run, String opponent) {
        Map<?, ?> all = (Map<?, ?>) run.readResults()
                .orElseThrow()
                .suites()
                .get("mt_bench")
                .details()
                .get("pairwise");
        return (Map<?, ?>) all.get(opponent);
    }

    @ParameterizedTest
    @CsvSource({
        "MODEL, MODEL, MODEL",
        "OPPONENT, OPPONENT, OPPONENT",
        "TIE, TIE, TIE",
        "MODEL, OPPONENT, TIE",
        "MODEL, TIE, TIE",
        "MODEL, , TIE",
        ", , ",
    })
    void winner_isWhoWinsBothGames(@Nullable Winner first, @Nullable Winner swapped, @Nullable Winner winner) {
        assertThat(Pairwise.winner(game(first, null), game(swapped, null))).isEqualTo(winner);
        assertThat(Pairwise.winner(game(swapped, null), game(first, null))).isEqualTo(winner);
        assertThat(Pairwise.winner(game(first, null), game(null, "no answer"))).isNull();
    }

    private static Game game(@Nullable Winner verdict, @Nullable String failure) {
        return new Game("judge", "rule", failure == null ? "words" : null, verdict, failure, null, null);
    }

    @Test
    void compare_asksForEveryTurnInBothPositionsWithReferencesForMath() {
        PairJudge judge = new PairJudge(pair -> pair.a().answers().get(0).equals("good") ? "A" : "B");
        RunFolder good = run("tuned", judge, prompt -> "good");
        RunFolder bad = run("base", judge, prompt -> "bad");
        evaluator(judge).compare(good, bad, false);
        assertThat(judge.asked).hasSize(6);
        assertThat(judge.asked)
                .extracting(pair -> pair.a().id())
                .containsExactly("1/1", "1/2", "2/1", "1/1", "1/2", "2/1");
        assertThat(judge.asked.get(1).a().questions()).containsExactly("1+1?", "times 3?");
        assertThat(judge.asked.get(1).a().answers()).containsExactly("good", "good");
        assertThat(judge.asked.get(1).b().references()).containsExactly("2", "6");
        assertThat(judge.asked.get(2).a().references()).isEmpty();
        assertThat(judge.asked.get(4).a().answers()).containsExactly("bad", "bad");

        assertThat(records(good)).extracting(PairwiseRecord::winner).containsOnly(Winner.MODEL);
        PairwiseRecord second = records(good).get(1);
        assertThat(second.id()).isEqualTo("1/2");
        assertThat(second.turn()).isEqualTo(2);
        assertThat(second.group()).isEqualTo("math");
        assertThat(second.opponent()).isEqualTo("base");
        assertThat(second.prompt()).isEqualTo("times 3?");
        assertThat(List.of(second.response(), second.opponentResponse())).containsExactly("good", "bad");
        assertThat(second.swapped().text()).isEqualTo("B");
        assertThat(summary(good, "base").get("win_rate").toString()).contains("value=1.0");
        assertThat(summary(good, "base").get("judge").toString())
                .isEqualTo("{name=pairs, calls=6, failed=0, unparsed=0, prompt_tokens=60, completion_tokens=6}");
        assertThat(good.path().resolve("pairwise")).isDirectoryNotContaining("glob:**.answers.jsonl");
    }

    @Test
    void compare_judgeThatAlwaysPrefersTheFirst_givesTiesOnly() {
        PairJudge judge = new PairJudge(pair -> "A");
        RunFolder run = run("tuned", judge, prompt -> "x");
        evaluator(judge).compare(run, run("base", judge, prompt -> "y"), false);
        assertThat(records(run)).extracting(PairwiseRecord::winner).containsOnly(Winner.TIE);
        assertThat(summary(run, "base").get("win_rate").toString()).contains("value=0.5");
    }

    @Test
    void compare_unparsedAndFailedGames_areFlaggedAndCounted() {
        PairJudge judge = new PairJudge(pair -> pair.a().id().equals("1/1")
                ? "hm"
                : pair.a().id().equals("1/2") ? "down" : pair.a().answers().contains("x") ? "A" : "hm");
        RunFolder run = run("tuned", judge, prompt -> "x");
        evaluator(judge).compare(run, run("base", judge, prompt -> "y"), false);
        assertThat(records(run)).extracting(PairwiseRecord::winner).containsExactly(null, null, Winner.TIE);
        assertThat(records(run))
                .extracting(PairwiseRecord::flags)
                .containsExactly(List.of("unparsed"), List.of("judge_failed"), List.of("unparsed"));
        assertThat(summary(run, "base").get("undecided")).isEqualTo(2);
        assertThat(summary(run, "base").get("judge").toString()).contains("failed=2, unparsed=3");
    }

    @Test
    void compare_resumed_asksNothingTwiceUntilAnAnswerChanges() {
        PairJudge judge = new PairJudge(pair -> "A");
        RunFolder base = run("base", judge, prompt -> "y");
        RunFolder run = run("tuned", judge, prompt -> "x");
        evaluator(judge).compare(run, base, true);
        evaluator(judge).compare(run, base, true);
        assertThat(judge.asked).hasSize(6);
        FakeLanguageModel other = new FakeLanguageModel("x").named("base").replying(prompt -> "z");
        evaluator(judge).evaluate(other, base.path());
        evaluator(judge).compare(run, base, true);
        assertThat(judge.asked).hasSize(12);
        assertThat(records(run)).hasSize(3).allMatch(r -> r.opponentResponse().equals("z"));
    }

    @Test
    void compare_severalOpponents_standBesideEachOtherUntilTheSuiteIsAnsweredAnew() {
        Judge judge = new ReferenceJudge();
        RunFolder run = run("tuned", judge, prompt -> "2");
        evaluator(judge).compare(run, run("base", judge, prompt -> "y"), false);
        evaluator(judge).compare(run, run("other", judge, prompt -> "6"), false);
        assertThat(records(run))
                .extracting(PairwiseRecord::opponent, PairwiseRecord::winner)
                .containsExactly(
                        tuple("base", Winner.MODEL),
                        tuple("base", Winner.TIE),
                        tuple("base", Winner.TIE),
                        tuple("other", Winner.MODEL),
                        tuple("other", Winner.OPPONENT),
                        tuple("other", Winner.TIE));
        assertThat(summary(run, "base")).isNotNull();
        assertThat(summary(run, "other")).isNotNull();
        evaluator(judge).evaluate(new FakeLanguageModel("x").named("tuned"), run.path());
        assertThat(run.readPairwise()).isEmpty();
    }

    /** FairEval's 80 questions with two models' answers; the humans' verdicts are 41 : 25 with 14 ties. */
    @Test
    void records_ofFairEval_judgedAsItsHumansDid_giveTheirCounts() throws IOException {
        Path data = SharedData.require("faireval");
        List<JudgedQuestion> questions = new ArrayList<>();
        for (JsonNode row : rows(data.resolve("question.jsonl"))) {
            questions.add(new JudgedQuestion(
                    row.get("question_id").asText(),
                    row.get("category").asText(),
                    List.of(row.get("text").asText()),
                    List.of(),
                    false));
        }
        Map<String, String> chatGpt = texts(data.resolve("answer_gpt35.jsonl"));
        Map<String, String> vicuna = texts(data.resolve("answer_vicuna-13b.jsonl"));
        Map<String, String> verdicts = new HashMap<>();
        List<String> lines = Files.readAllLines(data.resolve("review_gpt35_vicuna-13b_human.txt"));
        for (int i = 0; i < lines.size(); i++) {
            verdicts.put(questions.get(i).id(), lines.get(i).strip());
        }
        PairJudge humans = new PairJudge(pair -> {
            String better = verdicts.get(pair.a().id());
            boolean first =
                    pair.a().answers().get(0).equals(chatGpt.get(pair.a().id()));
            return better.equals("TIE") ? "TIE" : better.equals("CHATGPT") == first ? "A" : "B";
        });
        List<PairwiseRecord> records =
                new Pairwise(humans, "vicuna").records(questions, chatGpt, vicuna, JudgeRun.alone());
        WinRate rate = WinRate.of(records).orElseThrow();
        assertThat(List.of(rate.wins(), rate.losses(), rate.ties())).containsExactly(41L, 25L, 14L);
        assertThat(rate.rate().value()).isEqualTo(48 / 80.0);

        // the first position always: 80 ties, as FairEval found of judges that prefer it
        List<PairwiseRecord> biased = new Pairwise(new PairJudge(pair -> "A"), "vicuna")
                .records(questions, chatGpt, vicuna, JudgeRun.alone());
        assertThat(WinRate.of(biased).orElseThrow().ties()).isEqualTo(80);
    }

    private static Map<String, String> texts(Path file) {
        Map<String, String> texts = new HashMap<>();
        rows(file)
                .forEach(row -> texts.put(
                        row.get("question_id").asText(), row.get("text").asText()));
        return texts;
    }

    private static List<JsonNode> rows(Path file) {
        try (Stream<JsonNode> rows = JsonLines.read(file, JsonNode.class)) {
            return rows.toList();
        }
    }

    @Test
    void compare_withARunThatHasNoSuchAnswers_isRefused() throws IOException {
        Judge judge = new ReferenceJudge();
        RunFolder run = run("tuned", judge, prompt -> "x");
        assertThatThrownBy(() -> evaluator(judge).compare(run, run, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("both runs are of 'tuned'");
        RunFolder base = run("base", judge, prompt -> "y");
        String samples = Files.readString(base.samplesFile("mt_bench"));
        Files.writeString(base.samplesFile("mt_bench"), samples.replace("1+1?", "1+2?"));
        assertThatThrownBy(() -> evaluator(judge).compare(run, base, false))
                .hasMessageContaining("the answer to 1/1 is to another question than the suite's")
                .hasMessageContaining("mt_bench.jsonl");
        Files.writeString(base.samplesFile("mt_bench"), samples.replace("\"2/1\"", "\"3/1\""));
        assertThatThrownBy(() -> evaluator(judge).compare(run, base, false))
                .hasMessageContaining("there is no answer to 2/1");
        Files.delete(base.samplesFile("mt_bench"));
        assertThatThrownBy(() -> evaluator(judge).compare(run, base, false))
                .hasMessageContaining("the run has no answers to mt_bench");
    }

    @Test
    void isComparable_onlyWithOpenAnswersAndAJudge() throws IOException {
        Files.writeString(folder.resolve("text.txt"), "a b");
        SuiteOptions judged = SuiteOptions.of(folder.resolve("text.txt")).withJudge(new ReferenceJudge());
        assertThat(new Evaluator(List.of(new SuiteRequest(new Perplexity(), judged)), Progress.NONE).isComparable())
                .isFalse();
        assertThat(evaluator(new ReferenceJudge()).isComparable()).isTrue();
    }
}
