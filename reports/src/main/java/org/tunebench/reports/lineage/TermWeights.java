package org.tunebench.reports.lineage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What words weigh, by how many of a run's examples have them: (1 + ln tf) · ln((1 + n) / (1 + df)). Words that more than a
 * quarter of the examples have weigh nothing. Counts are kept by hash, in 4 MiB however many words there are.
 */
final class TermWeights {
    private static final int BITS = 20;
    /** A word that so few examples have always counts. */
    private static final int FEW = 5;

    private final int[] documents = new int[1 << BITS];
    private int n;

    void add(List<String> words) {
        n++;
        words.stream().mapToInt(TermWeights::hash).distinct().forEach(hash -> documents[hash]++);
    }

    /** The vector of a text, of length 1; words that weigh nothing are left out. */
    Map<String, Double> vector(List<String> words) {
        Map<String, Double> weights = new HashMap<>();
        words.forEach(word -> weights.merge(word, 1.0, Double::sum));
        weights.replaceAll((word, times) -> (1 + Math.log(times)) * weight(word));
        weights.values().removeIf(weight -> weight == 0);
        double length = Math.sqrt(
                weights.values().stream().mapToDouble(weight -> weight * weight).sum());
        weights.replaceAll((word, weight) -> weight / length);
        return weights;
    }

    private double weight(String word) {
        int with = documents[hash(word)];
        return with > Math.max(FEW, n / 4) ? 0 : Math.log((1.0 + n) / (1 + with));
    }

    private static int hash(String word) {
        int hash = word.hashCode() * 0x9E3779B9;
        return hash >>> (Integer.SIZE - BITS);
    }
}
