package org.tunebench.train.quality;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tunebench.train.classifier.Instance;
import org.tunebench.train.classifier.LinearClassifier;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.example.Exchange;

/**
 * Says how probable it is that a response is a good one, by what it learned from labelled responses: a logistic regression
 * over {@link QualityFeatures}, calibrated on examples of its own.
 */
public final class QualityModel {
    private static final long SPLIT = 32;
    private static final int EPOCHS = 30;
    private static final String GOOD = "good";

    private final LinearClassifier classifier;
    private final Calibration calibration;

    QualityModel(LinearClassifier classifier, Calibration calibration) {
        this.classifier = classifier;
        this.calibration = calibration;
    }

    /**
     * Trains on 65 % of the groups, calibrates on 15 %, reports on 20 %.
     *
     * @param seed draws the parts and orders the training
     * @throws IllegalArgumentException where a part lacks good or bad responses
     */
    public static Trained train(List<LabelledResponse> labelled, long seed) {
        Map<Part, List<LabelledResponse>> parts =
                labelled.stream().collect(Collectors.groupingBy(e -> Part.of(e.group(), seed)));
        for (Part part : Part.values()) {
            long good = parts.getOrDefault(part, List.of()).stream()
                    .filter(LabelledResponse::good)
                    .count();
            if (good == 0 || good == parts.getOrDefault(part, List.of()).size()) {
                throw new IllegalArgumentException("the labelled responses are too few: the part to "
                        + part.purpose + " has " + good + " good and "
                        + (parts.getOrDefault(part, List.of()).size() - good) + " bad ones");
            }
        }
        List<Instance> instances = in(parts, Part.TRAINING).stream()
                .map(e -> new Instance(QualityFeatures.of(e.exchange()), e.good() ? GOOD : "bad"))
                .toList();
        LinearClassifier classifier = LinearClassifier.train(instances, QualityFeatures.STANDARDISED, EPOCHS, seed);
        List<LabelledResponse> calibrating = in(parts, Part.CALIBRATION);
        Calibration calibration = Calibration.fit(
                calibrating.stream().map(e -> logOdds(classifier, e.exchange())).toList(),
                calibrating.stream().map(LabelledResponse::good).toList(),
                seed);
        QualityModel model = new QualityModel(classifier, calibration);
        List<LabelledResponse> heldOut = in(parts, Part.HELD_OUT);
        List<Double> scores =
                heldOut.stream().map(e -> model.score(e.exchange())).toList();
        return new Trained(model, new HeldOutScores(heldOut, scores).report());
    }

    /** The probability that a response is good, from 0 to 1. */
    public double score(Exchange exchange) {
        return calibration.probability(logOdds(classifier, exchange));
    }

    LinearClassifier classifier() {
        return classifier;
    }

    Calibration calibration() {
        return calibration;
    }

    private static double logOdds(LinearClassifier classifier, Exchange exchange) {
        return Calibration.logOdds(classifier.probability(GOOD, QualityFeatures.of(exchange)));
    }

    private static List<LabelledResponse> in(Map<Part, List<LabelledResponse>> parts, Part part) {
        return parts.getOrDefault(part, List.of());
    }

    /** A model and how it did on what it never saw. */
    public record Trained(QualityModel model, QualityReport report) {}

    private enum Part {
        TRAINING("train on"),
        CALIBRATION("calibrate on"),
        HELD_OUT("report on");

        private final String purpose;

        Part(String purpose) {
            this.purpose = purpose;
        }

        /** The part of a group, drawn by seed. */
        static Part of(String group, long seed) {
            int draw = SeededRandom.of(seed, SPLIT, group.hashCode()).nextInt(100);
            return draw < 65 ? TRAINING : draw < 80 ? CALIBRATION : HELD_OUT;
        }
    }
}
