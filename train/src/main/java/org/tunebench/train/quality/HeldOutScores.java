package org.tunebench.train.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.tribuo.classification.evaluation.LabelEvaluationUtil;

/** Scores of held-out examples, and what they say about a model. */
record HeldOutScores(List<LabelledResponse> examples, List<Double> scores) {
    private static final int BINS = 10;
    private static final int FAILURES = 10;
    private static final int EXCERPT = 160;

    QualityReport report() {
        List<QualityReport.Bin> bins = new ArrayList<>();
        double error = 0;
        for (int b = 0; b < BINS; b++) {
            int bin = b;
            List<Integer> inside = indices(i -> Math.min(BINS - 1, (int) (scores.get(i) * BINS)) == bin);
            if (!inside.isEmpty()) {
                double mean = inside.stream().mapToDouble(scores::get).average().orElseThrow();
                double good =
                        inside.stream().filter(i -> examples.get(i).good()).count() / (double) inside.size();
                bins.add(new QualityReport.Bin((double) b / BINS, (b + 1.0) / BINS, inside.size(), mean, good));
                error += Math.abs(mean - good) * inside.size() / examples.size();
            }
        }
        double brier = indices(i -> true).stream()
                .mapToDouble(i -> Math.pow(scores.get(i) - (examples.get(i).good() ? 1 : 0), 2))
                .average()
                .orElseThrow();
        return new QualityReport(examples.size(), auc(i -> true), brier, error, byKind(), bins, failures());
    }

    private SortedMap<String, Double> byKind() {
        SortedMap<String, Double> byKind = new TreeMap<>();
        examples.stream()
                .filter(e -> !e.good())
                .map(LabelledResponse::kind)
                .distinct()
                .forEach(kind -> byKind.put(
                        kind,
                        auc(i ->
                                examples.get(i).good() || examples.get(i).kind().equals(kind))));
        return byKind;
    }

    private double auc(Predicate<Integer> wanted) {
        List<Integer> chosen = indices(wanted);
        boolean[] good = new boolean[chosen.size()];
        double[] score = new double[chosen.size()];
        for (int i = 0; i < good.length; i++) {
            good[i] = examples.get(chosen.get(i)).good();
            score[i] = scores.get(chosen.get(i));
        }
        return LabelEvaluationUtil.binaryAUCROC(good, score);
    }

    private List<QualityReport.Failure> failures() {
        List<QualityReport.Failure> failures = new ArrayList<>();
        Comparator<Integer> byScore = Comparator.comparing(scores::get);
        indices(i -> !examples.get(i).good() && scores.get(i) >= 0.5).stream()
                .sorted(byScore.reversed())
                .limit(FAILURES)
                .forEach(i -> failures.add(failure(i)));
        indices(i -> examples.get(i).good() && scores.get(i) < 0.5).stream()
                .sorted(byScore)
                .limit(FAILURES)
                .forEach(i -> failures.add(failure(i)));
        return failures;
    }

    private QualityReport.Failure failure(int i) {
        LabelledResponse example = examples.get(i);
        return new QualityReport.Failure(
                example.kind(),
                scores.get(i),
                excerpt(example.exchange().instruction()),
                excerpt(example.exchange().response()));
    }

    private List<Integer> indices(Predicate<Integer> wanted) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            if (wanted.test(i)) {
                indices.add(i);
            }
        }
        return indices;
    }

    private static String excerpt(String text) {
        return text.codePointCount(0, text.length()) <= EXCERPT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "…";
    }
}
