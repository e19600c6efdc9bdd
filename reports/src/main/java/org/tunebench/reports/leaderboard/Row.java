package org.tunebench.reports.leaderboard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.StepRecord;
import org.tunebench.reports.run.Run;

/**
 * A recipe, one run of it, or a model as it is.
 *
 * @param isFromHarness whether its results come from lm-evaluation-harness
 * @param firstRun the run whose samples stand for it
 * @param cells suite → score; suites it was not scored on are left out
 * @param won comparisons that it clearly won, over all suites and opponents
 * @param lost comparisons that it clearly lost
 * @param cost of training; absent for a base model
 * @param seeds a row for every run, where there are several
 */
public record Row(
        String name,
        boolean isBaseline,
        boolean isFromHarness,
        String firstRun,
        Map<String, Cell> cells,
        int won,
        int lost,
        Cost cost,
        List<Row> seeds) {

    public Row {
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        seeds = List.copyOf(seeds);
    }

    Row withCells(Map<String, Cell> others) {
        return new Row(name, isBaseline, isFromHarness, firstRun, others, won, lost, cost, seeds);
    }

    /**
     * What a training run cost, on average over seeds.
     *
     * @param supervisedTokens targets in the loss; empty where nothing was trained
     * @param realTokens tokens of examples; empty where nothing was trained
     * @param seconds wall time; empty where nothing was trained
     * @param joules energy; empty where it is not known of every run
     */
    public record Cost(
            OptionalDouble supervisedTokens, OptionalDouble realTokens, OptionalDouble seconds, OptionalDouble joules) {

        static Cost of(List<Run> runs) {
            List<RunRecord.TrainingTotals> totals =
                    runs.stream().flatMap(run -> totals(run).stream()).toList();
            return new Cost(
                    totals.stream()
                            .mapToDouble(RunRecord.TrainingTotals::supervisedTokens)
                            .average(),
                    totals.stream()
                            .mapToDouble(RunRecord.TrainingTotals::realTokens)
                            .average(),
                    totals.stream()
                            .mapToDouble(RunRecord.TrainingTotals::seconds)
                            .average(),
                    joules(totals));
        }

        private static OptionalDouble joules(List<RunRecord.TrainingTotals> totals) {
            List<Double> known = totals.stream()
                    .flatMap(t -> Optional.ofNullable(t.energyJoules()).stream())
                    .toList();
            return known.size() == totals.size()
                    ? known.stream().mapToDouble(Double::doubleValue).average()
                    : OptionalDouble.empty();
        }

        /** The record's totals; of a run that was not finished, the sums of its steps. */
        private static List<RunRecord.TrainingTotals> totals(Run run) {
            RunRecord.TrainingTotals written = run.record().totals();
            if (written != null) {
                return List.of(written);
            }
            List<StepRecord> steps = run.training().steps();
            return steps.isEmpty()
                    ? List.of()
                    : List.of(new RunRecord.TrainingTotals(
                            steps.size(),
                            steps.stream()
                                    .mapToLong(StepRecord::supervisedTokens)
                                    .sum(),
                            steps.stream().mapToLong(StepRecord::realTokens).sum(),
                            steps.stream().mapToLong(StepRecord::paddedTokens).sum(),
                            steps.get(steps.size() - 1).loss(),
                            steps.stream().mapToDouble(StepRecord::seconds).sum()));
        }
    }
}
