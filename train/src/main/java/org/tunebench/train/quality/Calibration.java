package org.tunebench.train.quality;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tunebench.train.classifier.Instance;
import org.tunebench.train.classifier.LinearClassifier;

/**
 * From a classifier's log-odds to a probability that means what it says: p = 1 / (1 + exp(−(slope · logOdds + intercept))),
 * fitted on examples that the classifier was not trained on (Platt 1999, "Probabilistic outputs for support vector
 * machines").
 */
record Calibration(double slope, double intercept) {
    private static final int EPOCHS = 200;
    private static final double FAR = 2;

    /** Fits to log-odds and what was true of each. Both outcomes must occur. */
    static Calibration fit(List<Double> logOdds, List<Boolean> good, long seed) {
        List<Instance> instances = IntStream.range(0, logOdds.size())
                .mapToObj(i -> new Instance(Map.of("odds", logOdds.get(i) / FAR), good.get(i) ? "good" : "bad"))
                .toList();
        LinearClassifier fitted = LinearClassifier.train(instances, Set.of(), EPOCHS, seed);
        double atNone = logOdds(fitted.probability("good", Map.of("odds", 0.0)));
        double atOne = logOdds(fitted.probability("good", Map.of("odds", 1.0)));
        return new Calibration((atOne - atNone) / FAR, atNone);
    }

    /** From 0 to 1. */
    double probability(double logOdds) {
        return 1 / (1 + Math.exp(-(slope * logOdds + intercept)));
    }

    /** Bounded, so that a certainty stays a number. */
    static double logOdds(double probability) {
        double p = Math.min(1 - 1e-9, Math.max(1e-9, probability));
        return Math.log(p / (1 - p));
    }
}
