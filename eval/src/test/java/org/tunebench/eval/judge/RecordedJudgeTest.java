package org.tunebench.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.PairwiseRecord.Winner;
import org.tunebench.core.record.SampleRecord;

class RecordedJudgeTest {
    private static final Exchange ASKED = new Exchange("81/1", List.of("Why?"), List.of("So."), List.of());
    private static final Exchange OTHER = new Exchange("81/1", List.of("Why?"), List.of("Because."), List.of());

    @TempDir
    Path folder;

    private RecordedJudge judge(Object... lines) throws IOException {
        return RecordedJudge.read(Files.writeString(folder.resolve("judgments.jsonl"), JsonLines.text(List.of(lines))));
    }

    private static List<Judgment> rate(Judge judge, Exchange... exchanges) {
        return judge.rate(List.of(exchanges), JudgeRun.alone());
    }

    @Test
    void fastChatsSingleJudgments_countForTheAnswerTheyWereMadeFor() throws IOException {
        RecordedJudge judge = judge(Map.of(
                "question_id",
                81,
                "model",
                "alpaca-13b",
                "judge",
                List.of("gpt-4", "single-v1"),
                "user_prompt",
                JudgePrompt.asked(ASKED).user(),
                "judgment",
                "Short. Rating: [[3]]",
                "score",
                3,
                "turn",
                1,
                "tstamp",
                1.5));
        assertThat(judge.name()).isEqualTo("gpt-4");
        assertThat(rate(judge, ASKED, OTHER))
                .containsExactly(
                        new Judgment("gpt-4", "single-v1", "Short. Rating: [[3]]", 3.0, null, null, null),
                        new Judgment(
                                "gpt-4",
                                "single-v1",
                                null,
                                null,
                                "no judgment of this answer is recorded",
                                null,
                                null));
    }

    @Test
    void fastChatsPairs_countInBothPositions() throws IOException {
        Comparison pair = new Comparison(ASKED, OTHER);
        RecordedJudge judge = judge(Map.of(
                "question_id",
                81,
                "judge",
                List.of("gpt-4", "pair-v2"),
                "g1_user_prompt",
                JudgePrompt.asked(pair).user(),
                "g1_judgment",
                "[[B]]",
                "g2_user_prompt",
                JudgePrompt.asked(pair.swapped()).user(),
                "g2_judgment",
                "$ERROR$"));
        List<Preference> preferences = judge.compare(List.of(pair, pair.swapped()), JudgeRun.alone());
        assertThat(preferences).extracting(Preference::side).containsExactly(Preference.Side.B, null);
        assertThat(preferences.get(1).failure()).isEqualTo("the judge had failed");
    }

    @Test
    void ownSamplesAndPairs_countByIdAndAnswer() throws IOException {
        Judgment judgment = new Judgment("gpt-4", "single-v1", "[[7]]", 7.0, null, 10L, 2L);
        SampleRecord sample = new SampleRecord(
                "81/1", null, "Why?", null, null, null, "So.", null, null, Map.of("score", 7.0), null, judgment);
        SampleRecord unjudged =
                new SampleRecord("82/1", null, "How?", null, null, null, "Thus.", null, null, Map.of(), null);
        PairwiseRecord.Game first =
                new PairwiseRecord.Game("gpt-4", "pair-v2", "[[A]]", Winner.MODEL, null, null, null);
        PairwiseRecord.Game swapped =
                new PairwiseRecord.Game("gpt-4", "pair-v2", "[[A]]", Winner.OPPONENT, null, null, null);
        PairwiseRecord pair = new PairwiseRecord(
                "81/1", 1, null, "base", "Why?", "So.", "Because.", first, swapped, Winner.TIE, null);
        RecordedJudge judge = judge(sample, unjudged, pair);
        assertThat(judge.name()).isEqualTo("gpt-4");
        assertThat(rate(judge, ASKED)).containsExactly(judgment);
        assertThat(rate(judge, OTHER).get(0).failure()).contains("is recorded");
        Comparison comparison = new Comparison(ASKED, OTHER);
        assertThat(judge.compare(List.of(comparison, comparison.swapped()), JudgeRun.alone()))
                .extracting(Preference::side)
                .containsExactly(Preference.Side.A, Preference.Side.A);
    }

    @Test
    void laterJudgmentOfTheSameAnswer_counts() throws IOException {
        String prompt = JudgePrompt.asked(ASKED).user();
        RecordedJudge judge = judge(
                Map.of("user_prompt", prompt, "judgment", "[[3]]"), Map.of("user_prompt", prompt, "judgment", "[[4]]"));
        assertThat(rate(judge, ASKED).get(0).rating()).isEqualTo(4);
    }

    @Test
    void read_ofAnotherFile_namesTheLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("other.jsonl"),
                Json.text(Map.of("user_prompt", "p", "judgment", "[[3]]"), false) + "\n{\"question\": \"Why?\"}\n");
        assertThatThrownBy(() -> RecordedJudge.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("neither a judgment of FastChat's")
                .hasMessageContaining("other.jsonl line 2");
        Files.writeString(file, "");
        assertThatThrownBy(() -> RecordedJudge.read(file)).hasMessageContaining("the file is empty");
    }
}
