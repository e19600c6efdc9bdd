package org.tunebench.train.data.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.Message;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;

class JudgedFiltersTest {
    @TempDir
    Path folder;

    private final List<Rater.Question> asked = new ArrayList<>();

    @Test
    void judgeScore_belowTheThreshold_dropsWithTheRating() {
        FilterPass pass = new JudgeScore(null)
                .start(
                        judge(q -> q.system().contains("Response: good") ? "4.5\nFine." : "Score: 3/5\nPoor."),
                        ExampleSource.NONE);

        assertThat(pass.judge(Examples.of(1, "Say it.", "good"))).isEqualTo(Verdict.scored(4.5, null));
        assertThat(pass.judge(Examples.of(2, "Say it.", "bad")).objection())
                .isEqualTo("the judge rates it 3.0, below 4.5");
        assertThat(asked.get(0).system()).contains("Instruction: Say it.\n");
        assertThat(asked.get(0).user()).contains("accuracy", "scale of 0 to 5");
    }

    @Test
    void judgeScore_secondRunWithTheCache_asksNothing() {
        Path file = folder.resolve("judge.jsonl");
        Example example = Examples.of(1, "Say it.", "good");
        try (CachedRater cached = new CachedRater(answering(q -> "4"), file)) {
            FilterPass first = new JudgeScore(4.0).start(FilterInputs.NONE.withRater(cached), ExampleSource.NONE);
            first.judge(example);
            first.judge(example);
        }
        assertThat(asked).hasSize(1);

        try (CachedRater cached = new CachedRater(answering(q -> "5"), file)) {
            FilterPass second = new JudgeScore(4.5).start(FilterInputs.NONE.withRater(cached), ExampleSource.NONE);
            assertThat(second.judge(example).objection()).isEqualTo("the judge rates it 4.0, below 4.5");
            assertThat(second.judge(Examples.of(2, "Say it.", "other")).keeps()).isTrue();
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void judgeScore_recordedAnswers_standForTheJudge() throws IOException {
        Path file = folder.resolve("judge.jsonl");
        Example known = Examples.of(1, "Say it.", "good");
        Deita deita = new Deita(1, null, null, null, null);
        try (CachedRater cached = new CachedRater(answering(q -> "4"), file)) {
            FilterInputs inputs = FilterInputs.NONE.withRater(cached);
            new JudgeScore(4.0).start(inputs, ExampleSource.NONE).judge(known);
            deita.start(inputs, examples -> examples.accept(known));
        }
        FilterInputs recorded = FilterInputs.NONE.withRater(RecordedRater.read(file));

        assertThat(new JudgeScore(4.0).start(recorded, ExampleSource.NONE).judge(known))
                .isEqualTo(Verdict.scored(4.0, null));
        assertThat(deita.start(recorded, examples -> examples.accept(known))
                        .judge(known)
                        .score())
                .isEqualTo(16);
        assertThatThrownBy(() ->
                        new JudgeScore(4.0).start(recorded, ExampleSource.NONE).judge(Examples.of(2, "Say it.", "new")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file + ": no rating is recorded of ")
                .hasMessageContaining(" line 2")
                .hasMessageContaining("Name a judge that can be asked");
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        assertThatThrownBy(() -> RecordedRater.read(empty)).hasMessageContaining("the file holds no answers");
    }

    @Test
    void judgeScore_failingJudge_dropsAndStopsAtTheFifthInARow() {
        Rater failing = new CachedRater(rater(q -> new Rater.Answer("timeout", true)), null);
        FilterPass pass = new JudgeScore(null).start(FilterInputs.NONE.withRater(failing), ExampleSource.NONE);

        for (int i = 0; i < 4; i++) {
            assertThat(pass.judge(Examples.of(i, "Say " + i, "it")).objection())
                    .isEqualTo("the judge gave no rating: timeout");
        }
        assertThatThrownBy(() -> pass.judge(Examples.of(9, "Say", "it")))
                .hasMessage("judge stub failed 5 times in a row: timeout");
        assertThatThrownBy(() -> new JudgeScore(null).start(FilterInputs.NONE, ExampleSource.NONE))
                .hasMessageContaining("filter judge_score: the filter needs a judge");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "4.5, 4.5",
                "'Score: 4', 4",
                "'4.5/5', 4.5",
                "'Out of 10: 3', 3",
                "none found, none",
                "'7', none",
                "'v1.2.3 no', none"
            })
    void rating_firstNumberOnTheScale_counts(String answer, Double rating) {
        if (rating == null) {
            assertThat(RatingScale.ALPAGASUS.rating(answer)).isEmpty();
        } else {
            assertThat(RatingScale.ALPAGASUS.rating(answer)).hasValue(rating);
        }
    }

    @Test
    void deita_scoresOfTheData_keepsTheBestThatDiffer() {
        List<Example> examples = List.of(
                scored(1, "red green blue", 2, 2), // 4
                scored(2, "red green blue", 3, 3), // 9: the same words, better
                scored(3, "one two three", 1, 5), // 5
                scored(4, "four five six", 1, 1), // 1
                scored(5, "seven eight", 1, 0.5), // over the budget
                Examples.raw("text"));
        Deita deita = new Deita(3, "c", "q", 0.9, ExampleText.RESPONSE);

        assertThat(Examples.run(List.of(deita), FilterInputs.NONE, examples))
                .isEqualTo(Arrays.asList(
                        "deita: is like a.json:2 (cosine 1.00)",
                        null,
                        null,
                        null,
                        "deita: scores 0.50, and the budget is full",
                        null));
    }

    @Test
    void deita_behindOtherFilters_seesWhatTheyKeepAndTheirScores() {
        List<Example> examples = List.of(
                scored(1, "gone", 6, 6), scored(2, "kept and long enough", 2, 0), scored(3, "kept abc где где", 2, 0));
        List<ExampleFilter> filters = List.of(
                new WordCount(0, null, 3, null),
                new ScriptShare(null, 0.1, ExampleText.RESPONSE),
                new Deita(1, "c", "script", null, ExampleText.RESPONSE));

        assertThat(Examples.run(filters, FilterInputs.NONE, examples))
                .isEqualTo(Arrays.asList(
                        "words: response has 1 words, fewer than 3",
                        null,
                        "deita: scores 1.08, and the budget is full"));
    }

    @Test
    void deita_judgedTurns_addUpComplexityTimesQuality() {
        Example twoTurns = new Example.Conversation(
                Origin.of(0, Path.of("a.json"), 1),
                List.of(Message.user("U1"), Message.assistant("A1"), Message.user("U2"), Message.assistant("A2")));
        FilterInputs inputs =
                judge(q -> q.user().contains("##Complexity") ? "2" : q.user().contains("A1") ? "3" : "5");

        FilterPass pass = new Deita(1, null, null, null, null).start(inputs, sink -> sink.accept(twoTurns));

        assertThat(pass.judge(twoTurns)).isEqualTo(Verdict.scored(16, null));
    }

    /** By hand, with the formula of scikit-learn's TfidfVectorizer(sublinear_tf=True). */
    @Test
    void termVectors_smoothedIdf_areOfLengthOne() {
        TermVectors vectors = new TermVectors();
        vectors.add(List.of("a", "a", "b"));
        vectors.add(List.of("b", "c"));
        vectors.add(List.of("b"));
        vectors.weigh();

        double a = (1 + Math.log(2)) * (Math.log(4.0 / 2) + 1);
        double b = Math.log(4.0 / 4) + 1;
        assertThat(vectors.weights(0)[0])
                .isCloseTo((float) (a / Math.hypot(a, b)), org.assertj.core.data.Offset.offset(1e-6f));
        assertThat(vectors.weights(2)).containsExactly(1f);
    }

    @Test
    void category_givenOrPredicted_isKeptOrDropped() {
        Origin coding = Origin.of(0, Path.of("a.json"), 1).withCategory("Coding");
        Example given = new Example.Conversation(coding, List.of(Message.user("Hm?"), Message.assistant("A")));
        Example predicted = Examples.of(2, "Write a poem about mountains", "High they stand.");

        assertThat(Examples.judge(new CategoryChoice(List.of("coding"), null), given)
                        .keeps())
                .isTrue();
        assertThat(Examples.judge(new CategoryChoice(List.of("coding"), null), predicted)
                        .objection())
                .isEqualTo("is generation");
        assertThat(Examples.judge(new CategoryChoice(null, List.of("coding")), given)
                        .keeps())
                .isFalse();
        assertThatThrownBy(() -> new CategoryChoice(List.of("poetry"), null))
                .hasMessageStartingWith("keep: unknown category 'poetry'; known: question_answering, ");
    }

    private static Example scored(int line, String response, double complexity, double quality) {
        Origin origin = new Origin(
                0, Path.of("a.json"), "a.json", line, 0, null, null, null, Map.of("c", complexity, "q", quality));
        return new Example.Conversation(origin, List.of(Message.user("Say it."), Message.assistant(response)));
    }

    private FilterInputs judge(Function<Rater.Question, String> answer) {
        return FilterInputs.NONE.withRater(answering(answer));
    }

    private Rater answering(Function<Rater.Question, String> answer) {
        return rater(q -> new Rater.Answer(answer.apply(q), false));
    }

    private Rater rater(Function<Rater.Question, Rater.Answer> answer) {
        return new Rater() {
            @Override
            public String name() {
                return "stub";
            }

            @Override
            public List<Answer> ask(List<Question> questions) {
                asked.addAll(questions);
                return questions.stream().map(answer).toList();
            }
        };
    }
}
