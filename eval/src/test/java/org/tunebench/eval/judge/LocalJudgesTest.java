package org.tunebench.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.testing.CharacterTokenizer;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tools;

class LocalJudgesTest {
    private static final Exchange EXCHANGE = new Exchange("1", List.of("Why?"), List.of("So."), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'The Paris!'             | paris                 | 10",
                "Oslo                     | Paris                 | 1",
                "'It is Paris'            | Paris                 | 5.5",
                "'Paris, Paris'           | Paris                 | 7",
                "''                       | Paris                 | 1",
                "'...'                    | '!'                   | 10",
            })
    void referenceJudge_ratesWordOverlap(String answer, String reference, double rating) {
        Judgment judgment = new ReferenceJudge()
                .rate(List.of(new Exchange("1", List.of("q"), List.of(answer), List.of(reference))), JudgeRun.alone())
                .get(0);
        assertThat(judgment.rating()).isEqualTo(rating);
        assertThat(judgment.judge()).isEqualTo("reference");
        assertThat(judgment.text()).contains("word by word", "No model judged");
    }

    @Test
    void referenceJudge_comparesTheLastTurn() {
        Exchange exchange = new Exchange("1", List.of("a", "b"), List.of("x", "two"), List.of("one", "two"));
        assertThat(new ReferenceJudge()
                        .rate(List.of(exchange), JudgeRun.alone())
                        .get(0)
                        .rating())
                .isEqualTo(10);
    }

    @Test
    void referenceJudge_withoutReference_saysSo() {
        Judgment judgment =
                new ReferenceJudge().rate(List.of(EXCHANGE), JudgeRun.alone()).get(0);
        assertThat(judgment.rating()).isNull();
        assertThat(judgment.failure()).isEqualTo("the question has no reference answer");
    }

    @Test
    void checkpointJudge_asksGreedilyThroughTheTemplate() {
        FakeLanguageModel model =
                new FakeLanguageModel("x").chatting().named("judge-1").replying(p -> "Fine. [[8]]");
        List<Judgment> judgments = new CheckpointJudge(model, "0".repeat(64)).rate(List.of(EXCHANGE), JudgeRun.alone());
        assertThat(model.prompts().get(0))
                .startsWith("[system]You are a helpful assistant.<|end|>[user][Instruction]\n")
                .endsWith("[The End of Assistant's Answer]<|end|>[assistant]");
        assertThat(model.options().get(0).sampling().temperature()).isZero();
        assertThat(judgments.get(0).rating()).isEqualTo(8);
        assertThat(judgments.get(0).judge()).isEqualTo("judge-1");
        assertThat(judgments.get(0).template()).isEqualTo("single-v1");
    }

    @Test
    void checkpointJudge_plainModel_getsRoleAndPrompt() {
        FakeLanguageModel model = new FakeLanguageModel("x").replying(p -> "no idea");
        Judgment judgment = new CheckpointJudge(model, "0".repeat(64))
                .rate(List.of(EXCHANGE), JudgeRun.alone())
                .get(0);
        assertThat(model.prompts().get(0)).startsWith("You are a helpful assistant.\n\n[Instruction]\n");
        assertThat(judgment.rating()).isNull();
        assertThat(judgment.text()).isEqualTo("no idea");
    }

    @Test
    void checkpointJudge_templateWithoutSystemMessage_getsTheRoleInTheUsersTurn() {
        ChatTemplate plain = ChatTemplates.named("paper", new CharacterTokenizer(false));
        ChatTemplate refusing = new ChatTemplate() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public String source() {
                return "refusing";
            }

            @Override
            public String endOfTurn() {
                return plain.endOfTurn();
            }

            @Override
            public Rendered render(List<Message> messages, Tools tools, boolean addGenerationPrompt) {
                if (messages.get(0).role() == Role.SYSTEM) {
                    throw new InputException("System role not supported", "chat template refusing", "Leave it out");
                }
                return plain.render(messages, tools, addGenerationPrompt);
            }
        };
        FakeLanguageModel model = new FakeLanguageModel("x").chatting(refusing).replying(p -> "[[8]]");
        Judgment judgment = new CheckpointJudge(model, "0".repeat(64))
                .rate(List.of(EXCHANGE), JudgeRun.alone())
                .get(0);
        assertThat(judgment.rating()).isEqualTo(8);
        assertThat(model.prompts().get(0)).contains("You are a helpful assistant.\n\n[Instruction]\n");
    }

    @Test
    void checkpointJudge_shortContext_failsRatherThanJudgeHalf() {
        FakeLanguageModel model = new FakeLanguageModel("x").contextLength(100).replying(p -> "[[8]]");
        Judgment judgment = new CheckpointJudge(model, "0".repeat(64))
                .rate(List.of(EXCHANGE), JudgeRun.alone())
                .get(0);
        assertThat(judgment.rating()).isNull();
        assertThat(judgment.failure()).contains("context is too short");
    }

    @Test
    void exchange_unevenTurns_isRefused() {
        assertThatThrownBy(() -> new Exchange("1", List.of("a", "b"), List.of("x"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Exchange("1", List.of("a", "b"), List.of("x", "y"), List.of("r")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void referenceJudge_prefersTheAnswerCloserToTheReference() {
        Exchange near = new Exchange("1", List.of("q"), List.of("Paris"), List.of("Paris"));
        Exchange far = new Exchange("1", List.of("q"), List.of("It is Paris"), List.of("Paris"));
        Comparison pair = new Comparison(near, far);
        assertThat(new ReferenceJudge()
                        .compare(List.of(pair, pair.swapped(), new Comparison(far, far)), JudgeRun.alone()))
                .extracting(Preference::side)
                .containsExactly(Preference.Side.A, Preference.Side.B, Preference.Side.TIE);
        assertThat(new ReferenceJudge()
                        .compare(List.of(new Comparison(EXCHANGE, EXCHANGE)), JudgeRun.alone())
                        .get(0)
                        .failure())
                .isEqualTo("the question has no reference answer");
    }

    @Test
    void checkpointJudge_comparesInBothPositions() {
        FakeLanguageModel model = new FakeLanguageModel("x")
                .replying(p -> p.indexOf("wrong!") < p.indexOf("right!") ? "B is. [[B]]" : "A is. [[A]]");
        Comparison pair = new Comparison(
                new Exchange("1", List.of("Why?"), List.of("wrong!"), List.of()),
                new Exchange("1", List.of("Why?"), List.of("right!"), List.of()));
        List<Preference> preferences =
                new CheckpointJudge(model, "0".repeat(64)).compare(List.of(pair, pair.swapped()), JudgeRun.alone());
        assertThat(preferences).extracting(Preference::template).containsOnly("pair-v2");
        assertThat(preferences).extracting(Preference::side).containsExactly(Preference.Side.B, Preference.Side.A);
    }
}
