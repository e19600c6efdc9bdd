package org.tunebench.reports.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One candidate that is better than another, with the suites that say so.
 *
 * @param pairs at least one, a suite each; {@code better} may stand on either side of them
 */
public record Differing(String better, String worse, List<Pair> pairs) {
    public Differing {
        pairs = List.copyOf(pairs);
    }

    /**
     * The pairs decided at a level of their own, at most {@link Verdict#ALPHA}. Two candidates of which each is better
     * somewhere stand there twice.
     *
     * @param level of p after Holm's correction
     */
    static List<Differing> at(double level, List<Pair> pairs) {
        Map<List<String>, List<Pair>> found = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            if (pair.pHolm() < level) {
                pair.winner()
                        .ifPresent(winner -> found.computeIfAbsent(
                                        List.of(winner, pair.other(winner)), key -> new ArrayList<>())
                                .add(pair));
            }
        }
        List<Differing> differing = new ArrayList<>();
        found.forEach((names, decided) -> differing.add(new Differing(names.get(0), names.get(1), decided)));
        return differing;
    }
}
