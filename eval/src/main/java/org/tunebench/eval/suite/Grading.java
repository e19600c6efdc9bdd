package org.tunebench.eval.suite;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the log-likelihoods of one item's choices become scores. */
@FunctionalInterface
interface Grading {
    Grade grade(double[] logLikelihoods);

    /**
     * @param prediction index of the choice taken
     * @param scores metric name → value
     */
    record Grade(int prediction, Map<String, Double> scores) {}

    /** Ways to weigh a choice's log-likelihood before the largest is taken. */
    enum Accuracy {
        /** The sum as it is. */
        ACC("acc") {
            @Override
            double length(String choice) {
                return 1;
            }
        },
        /** Over the length in Unicode code points, without the delimiter. */
        ACC_NORM("acc_norm") {
            @Override
            double length(String choice) {
                return choice.codePointCount(0, choice.length());
            }
        },
        /** Over the length in UTF-8 bytes, without the delimiter. */
        ACC_BYTES("acc_bytes") {
            @Override
            double length(String choice) {
                return choice.getBytes(StandardCharsets.UTF_8).length;
            }
        };

        private final String metric;

        Accuracy(String metric) {
            this.metric = metric;
        }

        abstract double length(String choice);
    }

    /** 1 where the target has the largest weighted log-likelihood, else 0; the first of equals is taken. */
    static Grading accuracy(List<String> choices, int target, List<Accuracy> metrics) {
        return logLikelihoods -> {
            Map<String, Double> scores = new LinkedHashMap<>();
            for (Accuracy accuracy : metrics) {
                double[] weighted = new double[logLikelihoods.length];
                for (int i = 0; i < weighted.length; i++) {
                    weighted[i] = logLikelihoods[i] / accuracy.length(choices.get(i));
                }
                scores.put(accuracy.metric, largest(weighted, weighted.length) == target ? 1.0 : 0.0);
            }
            return new Grade(largest(logLikelihoods, logLikelihoods.length), scores);
        };
    }

    /** Index of the largest of the first {@code n} values; the first of equals. */
    static int largest(double[] values, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
