package org.tunebench.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.PairwiseRecord.Winner;
import org.tunebench.core.testing.SharedData;

class WinRateTest {
    private static PairwiseRecord comparison(String id, int turn, @Nullable Winner winner) {
        PairwiseRecord.Game game = new PairwiseRecord.Game("judge", "rule", null, winner, null, null, null);
        return new PairwiseRecord(id, turn, null, "base", "q", "a", "b", game, game, winner, null);
    }

    @Test
    void nothingDecided_givesNoRate() {
        assertThat(WinRate.of(List.of())).isEmpty();
        assertThat(WinRate.of(List.of(comparison("1", 1, null)))).isEmpty();
    }

    @Test
    void ties_countHalfAndUndecidedNothing() {
        WinRate rate = WinRate.of(List.of(
                        comparison("1", 1, Winner.MODEL),
                        comparison("2", 1, Winner.TIE),
                        comparison("3", 1, Winner.OPPONENT),
                        comparison("4", 1, null),
                        comparison("5", 1, Winner.MODEL)))
                .orElseThrow();
        assertThat(rate.rate().value()).isEqualTo(2.5 / 4);
        assertThat(List.of(rate.wins(), rate.losses(), rate.ties(), rate.undecided()))
                .containsExactly(2L, 1L, 1L, 1L);
    }

    @Test
    void turnsOfOneQuestion_areOneCluster() {
        WinRate rate = WinRate.of(List.of(
                        comparison("1/1", 1, Winner.MODEL),
                        comparison("1/2", 2, Winner.MODEL),
                        comparison("2/1", 1, Winner.OPPONENT),
                        comparison("2/2", 2, Winner.OPPONENT)))
                .orElseThrow();
        // residuals 2 - 2/2 = 1 and -1: sqrt(2/1 · (1 + 1)) / 4
        assertThat(rate.rate().stderr()).isCloseTo(0.5, within(1e-15));
    }

    /** The row alpaca-7b of alpaca_eval_gpt4_leaderboard.csv, from the 805 published preferences. */
    @Test
    void alpacaEval_alpaca7b_hasThePublishedWinRateAndStandardError() throws IOException {
        List<PairwiseRecord> comparisons = new ArrayList<>();
        for (JsonNode annotation :
                Json.MAPPER.readTree(SharedData.require("alpaca_eval/alpaca-7b/alpaca_eval_gpt4/annotations.json")
                        .toFile())) {
            Winner winner = List.of(Winner.TIE, Winner.OPPONENT, Winner.MODEL)
                    .get(annotation.get("preference").asInt());
            comparisons.add(comparison("" + comparisons.size(), 1, winner));
        }
        WinRate rate = WinRate.of(comparisons).orElseThrow();
        assertThat(List.of(rate.wins(), rate.losses(), rate.ties())).containsExactly(205L, 584L, 16L);
        assertThat(100 * rate.rate().value()).isCloseTo(26.459627329192543, within(1e-12));
        assertThat(100 * rate.rate().stderr()).isCloseTo(1.535711469748, within(1e-11));
    }

    /** FairEval's human verdicts: ChatGPT 41, Vicuna 25, tie 14. */
    @Test
    void fairEval_humanVerdicts_giveTheAdjustedWinRate() throws IOException {
        List<PairwiseRecord> comparisons = new ArrayList<>();
        for (String line : Files.readAllLines(SharedData.require("faireval/review_gpt35_vicuna-13b_human.txt"))) {
            Winner winner = switch (line.strip()) {
                case "CHATGPT" -> Winner.MODEL;
                case "VICUNA13B" -> Winner.OPPONENT;
                default -> Winner.TIE;
            };
            comparisons.add(comparison("" + comparisons.size(), 1, winner));
        }
        assertThat(WinRate.of(comparisons).orElseThrow().rate().value()).isEqualTo((41 + 14 / 2.0) / 80);
    }
}
