package org.tunebench.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.testing.SharedData;

class JudgePromptTest {
    private static final List<String> ONE = List.of("a");
    private static final List<String> TWO = List.of("a", "b");

    @Test
    void of_followsTurnsAndReferences() {
        assertThat(names(new Exchange("1", ONE, ONE, List.of()))).containsExactly("single-v1", "pair-v2");
        assertThat(names(new Exchange("1", TWO, TWO, List.of())))
                .containsExactly("single-v1-multi-turn", "pair-v2-multi-turn");
        assertThat(names(new Exchange("1", ONE, ONE, TWO))).containsExactly("single-math-v1", "pair-math-v1");
        assertThat(names(new Exchange("1", TWO, TWO, TWO)))
                .containsExactly("single-math-v1-multi-turn", "pair-math-v1-multi-turn");
    }

    private static List<String> names(Exchange exchange) {
        return List.of(
                JudgePrompt.of(exchange).name(),
                JudgePrompt.of(new Comparison(exchange, exchange)).name());
    }

    @Test
    void asked_putsTheTextsInAndLeavesTheirBraces() {
        Exchange exchange =
                new Exchange("1", List.of("Q1 {answer_1}", "Q2"), List.of("A1 $1 \\", "A2 {x}"), List.of("R1", "R2"));
        assertThat(JudgePrompt.asked(exchange).user())
                .isEqualTo(
                        "<|The Start of Reference Answer|>\n\n### User:\nQ1 {answer_1}\n\n### Reference answer:\nR1\n\n"
                                + "### User:\nQ2\n\n### Reference answer:\nR2\n\n<|The End of Reference Answer|>\n\n\n"
                                + "<|The Start of Assistant A's Conversation with User|>\n\n### User:\nQ1 {answer_1}\n\n"
                                + "### Assistant A:\nA1 $1 \\\n\n### User:\nQ2\n\n### Assistant A:\nA2 {x}\n\n"
                                + "<|The End of Assistant A's Conversation with User|>");
    }

    @Test
    void asked_oneTurn_asksForARating() {
        assertThat(JudgePrompt.asked(new Exchange("1", List.of("Why?"), List.of("Because."), List.of()))
                        .user())
                .startsWith("[Instruction]\nPlease act as an impartial judge")
                .contains("\"Rating: [[5]]\"")
                .endsWith(
                        "[Question]\nWhy?\n\n[The Start of Assistant's Answer]\nBecause.\n[The End of Assistant's Answer]");
    }

    @Test
    void asked_twoAnswers_standInTheirPositions() {
        Comparison comparison = new Comparison(
                new Exchange("1", TWO, List.of("A one", "A two"), List.of()),
                new Exchange("1", TWO, List.of("B one", "B two"), List.of()));
        assertThat(JudgePrompt.asked(comparison).user())
                .contains("### Assistant A:\nA one\n\n### User:\nb\n\n### Assistant A:\nA two\n\n")
                .contains("### Assistant B:\nB one\n\n### User:\nb\n\n### Assistant B:\nB two\n\n");
        assertThat(JudgePrompt.asked(comparison.swapped()).user()).contains("### Assistant A:\nB one");
        assertThat(JudgePrompt.asked(comparison).system()).contains("\"[[C]]\" for a tie");
    }

    @ParameterizedTest
    @CsvSource({"'[[A]]', A", "'so [[B]] it is', B", "'[[C]]', TIE", "'[[B]] no, [[A]]', A", "'[A]',", "'',"})
    void preference_isReadAsFastChatReadsIt(String text, Preference.Side side) {
        assertThat(Preference.parse(text)).isEqualTo(side);
    }

    @Test
    void prompts_areFastChatsUnchanged() throws IOException {
        try (var in = Objects.requireNonNull(JudgePrompt.class.getResourceAsStream("judge_prompts.jsonl"))) {
            assertThat(in.readAllBytes())
                    .isEqualTo(Files.readAllBytes(SharedData.require("mt_bench/judge_prompts.jsonl")));
        }
    }
}
