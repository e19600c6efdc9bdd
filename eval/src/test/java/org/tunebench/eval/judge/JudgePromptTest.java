package org.tunebench.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tunebench.core.testing.SharedData;

class JudgePromptTest {
    @Test
    void of_followsTurnsAndReferences() {
        List<String> one = List.of("a");
        List<String> two = List.of("a", "b");
        assertThat(JudgePrompt.of(new Exchange(one, one, List.of())).name()).isEqualTo("single-v1");
        assertThat(JudgePrompt.of(new Exchange(two, two, List.of())).name()).isEqualTo("single-v1-multi-turn");
        assertThat(JudgePrompt.of(new Exchange(one, one, two)).name()).isEqualTo("single-math-v1");
        assertThat(JudgePrompt.of(new Exchange(two, two, two)).name()).isEqualTo("single-math-v1-multi-turn");
    }

    @Test
    void fill_putsTheTextsInAndLeavesTheirBraces() {
        Exchange exchange =
                new Exchange(List.of("Q1 {answer_1}", "Q2"), List.of("A1 $1 \\", "A2 {x}"), List.of("R1", "R2"));
        String text = JudgePrompt.of(exchange).fill(exchange);
        assertThat(text)
                .isEqualTo(
                        "<|The Start of Reference Answer|>\n\n### User:\nQ1 {answer_1}\n\n### Reference answer:\nR1\n\n"
                                + "### User:\nQ2\n\n### Reference answer:\nR2\n\n<|The End of Reference Answer|>\n\n\n"
                                + "<|The Start of Assistant A's Conversation with User|>\n\n### User:\nQ1 {answer_1}\n\n"
                                + "### Assistant A:\nA1 $1 \\\n\n### User:\nQ2\n\n### Assistant A:\nA2 {x}\n\n"
                                + "<|The End of Assistant A's Conversation with User|>");
    }

    @Test
    void fill_oneTurn_asksForARating() {
        Exchange exchange = new Exchange(List.of("Why?"), List.of("Because."), List.of());
        assertThat(JudgePrompt.of(exchange).fill(exchange))
                .startsWith("[Instruction]\nPlease act as an impartial judge")
                .contains("\"Rating: [[5]]\"")
                .endsWith(
                        "[Question]\nWhy?\n\n[The Start of Assistant's Answer]\nBecause.\n[The End of Assistant's Answer]");
    }

    @Test
    void prompts_areFastChatsUnchanged() throws IOException {
        List<String> original = Files.readAllLines(SharedData.require("mt_bench/judge_prompts.jsonl")).stream()
                .filter(line -> line.contains("\"type\": \"single\""))
                .toList();
        try (var in = Objects.requireNonNull(JudgePrompt.class.getResourceAsStream("single_prompts.jsonl"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyElementsOf(original);
        }
    }
}
