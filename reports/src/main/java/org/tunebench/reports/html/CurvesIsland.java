package org.tunebench.reports.html;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.StepRecord;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.run.Run;

/**
 * The training curves of a run, thinned to a number of points a screen can show.
 *
 * @param recipe the candidate's number, which gives the colour
 * @param seed the run's number within its recipe, which gives the dash
 * @param tokens supervised tokens so far
 * @param throughput supervised tokens a second
 * @param heldOutSteps steps before each evaluation during training; it and the two after it are left out where there was
 *     none
 * @param heldOutTokens supervised tokens trained on before each evaluation
 */
record CurvesIsland(
        String run,
        int recipe,
        int seed,
        List<Integer> steps,
        List<Long> tokens,
        List<Float> loss,
        List<Float> learningRate,
        List<Float> gradNorm,
        List<Float> throughput,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> heldOutSteps,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> heldOutTokens,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Float> heldOutLoss) {
    private static final int MOST_POINTS = 400;

    static List<CurvesIsland> of(List<Candidate> candidates) {
        List<CurvesIsland> curves = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            List<Run> runs = candidates.get(c).runs();
            for (int r = 0; r < runs.size(); r++) {
                if (!runs.get(r).training().steps().isEmpty()) {
                    curves.add(of(runs.get(r), c, r));
                }
            }
        }
        return curves;
    }

    /** Neighbouring steps are averaged; the learning rate is the last one's. */
    private static CurvesIsland of(Run run, int recipe, int seed) {
        CurvesIsland curves = new CurvesIsland(
                run.name(),
                recipe,
                seed,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        List<StepRecord> steps = run.training().steps();
        int stride = (steps.size() + MOST_POINTS - 1) / MOST_POINTS;
        long tokens = 0;
        for (int from = 0; from < steps.size(); from += stride) {
            List<StepRecord> bucket = steps.subList(from, Math.min(steps.size(), from + stride));
            StepRecord last = bucket.get(bucket.size() - 1);
            tokens += bucket.stream().mapToLong(StepRecord::supervisedTokens).sum();
            curves.steps.add(last.step());
            curves.tokens.add(tokens);
            curves.loss.add((float)
                    bucket.stream().mapToDouble(StepRecord::loss).average().orElseThrow());
            curves.learningRate.add((float) last.learningRate());
            curves.gradNorm.add((float)
                    bucket.stream().mapToDouble(StepRecord::gradNorm).average().orElseThrow());
            curves.throughput.add((float) (bucket.stream()
                            .mapToLong(StepRecord::supervisedTokens)
                            .sum()
                    / Math.max(
                            1e-9,
                            bucket.stream().mapToDouble(StepRecord::seconds).sum())));
        }
        curves.addHeldOut(run.training().evaluations(), steps);
        return curves;
    }

    private void addHeldOut(List<EvaluationRecord> evaluations, List<StepRecord> all) {
        for (EvaluationRecord evaluation : evaluations) {
            heldOutSteps.add(evaluation.step());
            heldOutTokens.add(all.stream()
                    .filter(s -> s.step() <= evaluation.step())
                    .mapToLong(StepRecord::supervisedTokens)
                    .sum());
            heldOutLoss.add((float) evaluation.loss());
        }
    }
}
