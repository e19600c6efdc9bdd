package org.tunebench.core.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.PairwiseRecord;

/**
 * How often a model's answer is the better one: FastChat's adjusted win rate {@code (W + T/2) / N}, the win rate of AlpacaEval.
 * Its standard error is that of a mean of 1, ½ and 0, clustered where several comparisons are about the same question.
 *
 * @param undecided comparisons without a winner that is not even a tie; they count for nothing
 * @param rate in [0, 1], over the decided ones
 */
public record WinRate(long wins, long losses, long ties, long undecided, Metric rate) {

    /** Of comparisons in any order; empty where none is decided. */
    public static Optional<WinRate> of(List<PairwiseRecord> comparisons) {
        Map<String, double[]> byQuestion = new LinkedHashMap<>();
        for (PairwiseRecord comparison : comparisons) {
            PairwiseRecord.Winner winner = comparison.winner();
            if (winner != null) {
                double[] sumAndCount = byQuestion.computeIfAbsent(question(comparison), q -> new double[2]);
                sumAndCount[0] += score(winner);
                sumAndCount[1]++;
            }
        }
        if (byQuestion.isEmpty()) {
            return Optional.empty();
        }
        Metric rate = RatioEstimate.of(
                byQuestion.values().stream().mapToDouble(s -> s[0]).toArray(),
                byQuestion.values().stream().mapToDouble(s -> s[1]).toArray());
        long wins = count(comparisons, PairwiseRecord.Winner.MODEL);
        long losses = count(comparisons, PairwiseRecord.Winner.OPPONENT);
        long ties = count(comparisons, PairwiseRecord.Winner.TIE);
        return Optional.of(new WinRate(wins, losses, ties, comparisons.size() - wins - losses - ties, rate));
    }

    private static long count(List<PairwiseRecord> comparisons, PairwiseRecord.Winner winner) {
        return comparisons.stream().filter(c -> c.winner() == winner).count();
    }

    private static double score(PairwiseRecord.Winner winner) {
        return switch (winner) {
            case MODEL -> 1;
            case OPPONENT -> 0;
            case TIE -> 0.5;
        };
    }

    /** The id without its turn. */
    private static String question(PairwiseRecord comparison) {
        String turn = "/" + comparison.turn();
        return comparison.id().endsWith(turn)
                ? comparison.id().substring(0, comparison.id().length() - turn.length())
                : comparison.id();
    }
}
