package org.tunebench.eval.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.testing.FakeLanguageModel;

class JournalTest {
    private static final Map<String, String> MADE_FROM = Map.of("weights", "abc", "limit", "10");
    private static final TypeReference<String> TEXT = new TypeReference<>() {};

    @TempDir
    Path folder;

    private Path file;
    private int asked;

    @BeforeEach
    void file() {
        file = folder.resolve(".mmlu.answers.jsonl");
    }

    private String ask(Journal journal, String question, String answer) {
        return journal.answer(new Question("test").text(question), TEXT, () -> {
            asked++;
            return answer;
        });
    }

    @Test
    void answer_knownFromAnEarlierProcess_isNotAskedAgain() {
        try (Journal journal = Journal.resume(file, MADE_FROM)) {
            ask(journal, "é?", "\uD83D");
            ask(journal, "b?", "two\nlines");
        }
        try (Journal journal = Journal.resume(file, MADE_FROM)) {
            assertThat(ask(journal, "é?", "other")).isEqualTo("\uD83D");
            assertThat(ask(journal, "b?", "other")).isEqualTo("two\nlines");
            assertThat(ask(journal, "c?", "new")).isEqualTo("new");
        }
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void answer_notWorthKeeping_isAskedForAgain() {
        Predicate<String> worthKeeping = answer -> !answer.equals("failed");
        for (String answer : List.of("failed", "good", "better")) {
            try (Journal journal = Journal.resume(file, MADE_FROM)) {
                journal.answer(new Question("test"), TEXT, worthKeeping, () -> {
                    asked++;
                    return answer;
                });
            }
        }
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void resume_afterALineTornWithinACharacter_dropsThatLine() throws IOException {
        try (Journal journal = Journal.create(file, MADE_FROM)) {
            ask(journal, "a?", "A");
        }
        byte[] torn = "{\"question\":\"00\",\"answer\":\"é".getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(torn, torn.length - 1), StandardOpenOption.APPEND);
        assertThat(Journal.madeFrom(file)).contains(MADE_FROM);
        try (Journal journal = Journal.resume(file, MADE_FROM)) {
            assertThat(ask(journal, "a?", "other")).isEqualTo("A");
            ask(journal, "b?", "B");
        }
        assertThat(Files.readAllLines(file)).hasSize(3);
    }

    @Test
    void resume_ofAFileWithoutAWholeFirstLine_startsAnew() throws IOException {
        Files.writeString(file, "{\"made_fr");
        assertThat(Journal.madeFrom(file)).isEmpty();
        try (Journal journal = Journal.resume(file, MADE_FROM)) {
            ask(journal, "a?", "A");
        }
        assertThat(Journal.madeFrom(file)).contains(MADE_FROM);
    }

    @Test
    void seconds_goOnFromTheLastAnswer() throws IOException {
        Files.writeString(
                file,
                "{\"made_from\":{\"weights\":\"abc\",\"limit\":\"10\"}}\n"
                        + "{\"question\":\"00\",\"seconds\":1000.5,\"answer\":\"A\"}\n");
        try (Journal journal = Journal.resume(file, MADE_FROM)) {
            assertThat(journal.seconds()).isBetween(1000.5, 1100.0);
        }
    }

    @Test
    void differences_nameWhatChanged() {
        String hash = "0123456789abcdef".repeat(4);
        assertThat(Journal.differences(
                        Map.of("limit", "10", "weights", hash, "chat", "true"),
                        Map.of("limit", "20", "weights", "f" + hash.substring(1), "chat", "true", "shots", "5")))
                .containsExactly(
                        "limit was 10, is 20", "shots was not there, is 5", "weights was 01234567…, is f1234567…");
    }

    @Test
    void engine_withItsJournal_asksTheModelNothingTwiceAndCountsTheSameTokens() {
        GenerationOptions drawn = new GenerationOptions(8, Sampling.at(0.7, 1));
        FakeLanguageModel model = new FakeLanguageModel("abab").replying(prompt -> prompt + "!");
        List<TextRequest> requests = List.of(new TextRequest("a", "b"), new TextRequest("a", "a"));
        List<String> prompts = List.of("a", "bb", "a");
        Engine first = new Engine(model, Progress.NONE, Journal.create(file, MADE_FROM));
        List<Scored> scores = first.score(requests);
        List<Response> responses = first.generate(prompts, drawn);
        first.journal().close();
        model.scored().clear();
        model.prompts().clear();

        Engine second = new Engine(model, Progress.NONE, Journal.resume(file, MADE_FROM));
        assertThat(second.score(requests)).isEqualTo(scores);
        assertThat(second.generate(prompts, drawn)).isEqualTo(responses);
        assertThat(second.tokens()).isEqualTo(first.tokens());
        assertThat(model.scored()).isEmpty();
        assertThat(model.prompts()).isEmpty();

        second.generate(prompts, new GenerationOptions(8, Sampling.at(0.7, 2)));
        second.generate(prompts, new GenerationOptions(9, Sampling.at(0.7, 1)));
        assertThat(model.prompts()).hasSize(6);
        second.journal().close();
    }
}
