package org.tunebench.reports.comparison;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.DataComposition.Kind;
import org.tunebench.core.record.DataComposition.Part;
import org.tunebench.reports.run.Run;

/**
 * What the steps of a candidate's runs were made of, as the mean over its seeds.
 *
 * @param shares by kind, the largest first; none where nothing is known
 */
public record Composition(List<Share> shares) {

    /**
     * A part of what a run learned from.
     *
     * @param name empty for the examples that have none
     * @param examples different ones that were seen
     * @param draws how often one of them was
     * @param tokens seen
     * @param supervisedTokens targets among them
     * @param share of all the run's targets, from 0 to 1
     */
    public record Share(
            Kind kind,
            String name,
            double examples,
            double draws,
            double tokens,
            double supervisedTokens,
            double share) {}

    /** Over the runs that say what they were made of. */
    public static Composition of(Candidate candidate) {
        List<List<Part>> runs = candidate.runs().stream()
                .map(Run::training)
                .map(training -> training.composition())
                .filter(parts -> !parts.isEmpty())
                .toList();
        Map<Kind, Map<String, double[]>> sums = new EnumMap<>(Kind.class);
        runs.forEach(parts -> parts.forEach(part -> add(
                sums.computeIfAbsent(part.kind(), k -> new LinkedHashMap<>())
                        .computeIfAbsent(part.name(), n -> new double[4]),
                part)));
        List<Share> shares = new ArrayList<>();
        sums.forEach((kind, byName) -> {
            double all = byName.values().stream().mapToDouble(sum -> sum[3]).sum();
            byName.entrySet().stream()
                    .map(e -> share(kind, e.getKey(), e.getValue(), runs.size(), all))
                    .sorted((a, b) -> Double.compare(b.share(), a.share()))
                    .forEach(shares::add);
        });
        return new Composition(shares);
    }

    /** The parts of a kind, the largest first. */
    public List<Share> of(Kind kind) {
        return shares.stream().filter(share -> share.kind() == kind).toList();
    }

    private static void add(double[] sum, Part part) {
        sum[0] += part.examples();
        sum[1] += part.draws();
        sum[2] += part.tokens();
        sum[3] += part.supervisedTokens();
    }

    private static Share share(Kind kind, String name, double[] sum, int runs, double all) {
        return new Share(
                kind, name, sum[0] / runs, sum[1] / runs, sum[2] / runs, sum[3] / runs, all == 0 ? 0 : sum[3] / all);
    }
}
