package org.tunebench.train.quality;

import java.util.List;
import java.util.SortedMap;

/**
 * How well a quality model does on examples that it was neither trained nor calibrated on.
 *
 * @param n held-out examples
 * @param auc the chance that a good response scores above a bad one, from 0 to 1
 * @param brier mean squared difference of probability and truth; 0.25 is what a constant half gets
 * @param calibrationError mean distance of probability and truth over the bins, weighted by their sizes
 * @param byKind kind of a bad response → the same chance against all good ones
 * @param reliability ten bins of equal width
 * @param failures the worst mistakes: bad responses with the highest scores, good ones with the lowest
 */
public record QualityReport(
        int n,
        double auc,
        double brier,
        double calibrationError,
        SortedMap<String, Double> byKind,
        List<Bin> reliability,
        List<Failure> failures) {

    /** Of n examples with scores in one range: the mean score and the share that is good; none of an empty range. */
    public record Bin(double from, double to, int n, double meanScore, double good) {}

    /** A held-out example that the model gets wrong. */
    public record Failure(String kind, double score, String instruction, String response) {}
}
