package org.tunebench.core.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tunebench.core.record.Metric;

/**
 * Items that come in groups: several questions about one passage, several turns of one conversation. They vary together, and
 * a standard error that takes them for independent is too small (Miller 2024, Adding Error Bars to Evals, arXiv:2411.00640,
 * section 2.2).
 */
public final class Clusters {
    private Clusters() {}

    /**
     * The mean of all scores with the cluster-robust standard error {@code sqrt(k/(k-1) · Σ_c (Σ_{i in c} (s_i - s̄))²) / n}
     * over k clusters: Miller's, with the correction for few clusters that statsmodels makes too. Clusters of one item each
     * give SD / √n. Empty for no scores; without standard error for one cluster.
     *
     * @param scores n of them
     * @param clusters the cluster of each, as many
     */
    public static Optional<Metric> mean(double[] scores, List<String> clusters) {
        if (scores.length != clusters.size()) {
            throw new IllegalArgumentException(scores.length + " scores and " + clusters.size() + " clusters");
        }
        if (scores.length == 0) {
            return Optional.empty();
        }
        Map<String, double[]> sumsAndCounts = new LinkedHashMap<>();
        for (int i = 0; i < scores.length; i++) {
            double[] sumAndCount = sumsAndCounts.computeIfAbsent(clusters.get(i), c -> new double[2]);
            sumAndCount[0] += scores[i];
            sumAndCount[1]++;
        }
        return Optional.of(RatioEstimate.of(
                sumsAndCounts.values().stream().mapToDouble(s -> s[0]).toArray(),
                sumsAndCounts.values().stream().mapToDouble(s -> s[1]).toArray()));
    }

    /**
     * Candidate minus baseline on the same items, clustered: the mean difference with its standard error and normal interval
     * (Miller 2024, section 4.2 with 2.2).
     *
     * @throws IllegalArgumentException where the lengths differ
     */
    public static Optional<Metric> difference(double[] baseline, double[] candidate, List<String> clusters) {
        if (baseline.length != candidate.length) {
            throw new IllegalArgumentException(
                    baseline.length + " baseline scores and " + candidate.length + " candidate scores");
        }
        double[] differences = new double[baseline.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = candidate[i] - baseline[i];
        }
        return mean(differences, clusters);
    }
}
