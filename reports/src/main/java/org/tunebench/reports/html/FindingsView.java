package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.comparison.Pair;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.Row;

/**
 * What a reader wants to know first: which recipe is best, by how much, beside which, and whether the tests bear it out.
 *
 * @param headline who comes first
 */
record FindingsView(String headline, List<Finding> findings) {
    private static final int NAMED_SUITES = 3;

    /** @param label what the text is about */
    record Finding(String label, String text) {}

    static FindingsView of(Experiment experiment, Comparison comparison, Leaderboard leaderboard) {
        List<Row> recipes =
                leaderboard.rows().stream().filter(row -> !row.isBaseline()).toList();
        if (comparison.pairs().isEmpty() || recipes.isEmpty()) {
            return new FindingsView(nothing(experiment), List.of());
        }
        List<Finding> findings = new ArrayList<>();
        Row first = recipes.get(0);
        if (recipes.size() > 1) {
            String next = recipes.get(1).name();
            beside(comparison, first.name(), next)
                    .ifPresent(text -> findings.add(new Finding("Beside " + next + ", the next", text)));
        }
        experiment.candidates().stream()
                .filter(candidate -> candidate.name().equals(first.name()))
                .flatMap(candidate -> experiment.baselineOf(candidate).stream())
                .map(Candidate::name)
                .forEach(base -> beside(comparison, first.name(), base)
                        .ifPresent(text -> findings.add(new Finding("Beside the base, " + base, text))));
        forgotten(experiment, comparison, recipes).ifPresent(findings::add);
        indifferent(experiment, comparison).ifPresent(findings::add);
        return new FindingsView(headline(comparison, recipes), findings);
    }

    private static String nothing(Experiment experiment) {
        return experiment.candidates().size() < 2
                ? "There is one model only, so there is nothing to compare."
                : "No recipe has samples of the same items as another model, so there is nothing to rank.";
    }

    private static String headline(Comparison comparison, List<Row> recipes) {
        Row first = recipes.get(0);
        long all = comparison.pairs().stream()
                .filter(pair -> pair.has(first.name()))
                .count();
        String record = " won " + first.won() + " of its " + all + " comparisons with other models and lost "
                + first.lost() + ".";
        List<String> level = recipes.stream()
                .filter(row -> row.won() - row.lost() == first.won() - first.lost())
                .map(Row::name)
                .toList();
        if (first.won() == 0) {
            return "The tests find no recipe better than another model.";
        }
        return level.size() == 1
                ? first.name() + " comes first: it" + record
                : String.join(", ", level) + " share the first place: " + first.name() + record;
    }

    /** How one stands beside another, suite by suite; empty where they have no common items. */
    private static Optional<String> beside(Comparison comparison, String name, String other) {
        List<Pair> pairs = comparison.pairs().stream()
                .filter(pair -> pair.has(name) && pair.has(other))
                .toList();
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        List<Pair> better = decided(pairs, name);
        List<Pair> worse = decided(pairs, other);
        List<String> parts = new ArrayList<>();
        if (!better.isEmpty()) {
            parts.add("better on " + named(better));
        }
        if (!worse.isEmpty()) {
            parts.add("worse on " + named(worse));
        }
        int open = pairs.size() - better.size() - worse.size();
        if (open > 0) {
            parts.add("not told apart on " + (open == pairs.size() ? "any of " + suites(open) : suites(open)));
        }
        String text = String.join("; ", parts) + ".";
        return Optional.of(Character.toUpperCase(text.charAt(0)) + text.substring(1));
    }

    /** The decided pairs that a model won, the largest differences first. */
    private static List<Pair> decided(List<Pair> pairs, String winner) {
        return pairs.stream()
                .filter(pair -> pair.winner().filter(winner::equals).isPresent())
                .sorted(Comparator.comparingDouble(
                        pair -> -Math.abs(pair.difference().mean())
                                / Math.max(pair.metric().scale().margin(), 1e-3)))
                .toList();
    }

    private static String named(List<Pair> pairs) {
        String named = pairs.stream()
                .limit(NAMED_SUITES)
                .map(pair -> pair.suite() + " by " + pair.size())
                .collect(Collectors.joining(", "));
        int more = pairs.size() - NAMED_SUITES;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static String suites(int n) {
        return n == 1 ? "1 suite" : n + " suites";
    }

    /** Where recipes are worse than the base they were tuned from. */
    private static Optional<Finding> forgotten(Experiment experiment, Comparison comparison, List<Row> recipes) {
        Map<String, List<String>> worse = new LinkedHashMap<>();
        for (Candidate candidate : experiment.candidates()) {
            experiment
                    .baselineOf(candidate)
                    .filter(base -> base != candidate)
                    .ifPresent(base -> comparison.pairs().stream()
                            .filter(pair -> pair.has(candidate.name()) && pair.has(base.name()))
                            .filter(pair ->
                                    pair.winner().filter(base.name()::equals).isPresent())
                            .forEach(pair -> worse.computeIfAbsent(pair.suite(), suite -> new ArrayList<>())
                                    .add(candidate.name())));
        }
        return worse.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        "Worse than the base",
                        worse.entrySet().stream()
                                .map(entry -> "on " + entry.getKey() + ": " + who(entry.getValue(), recipes.size()))
                                .collect(Collectors.joining("; ", "", "."))));
    }

    private static String who(List<String> names, int all) {
        return names.size() == all && all > 1 ? "all " + all + " recipes" : String.join(", ", names);
    }

    /** Suites on which no two models are told apart. */
    private static Optional<Finding> indifferent(Experiment experiment, Comparison comparison) {
        List<String> suites = new ArrayList<>(experiment.suites().keySet());
        TreeSet<String> compared = new TreeSet<>();
        for (Pair pair : comparison.pairs()) {
            compared.add(pair.suite());
            if (pair.winner().isPresent()) {
                suites.remove(pair.suite());
            }
        }
        suites.retainAll(compared);
        return suites.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        "No difference shown", "between any two models on " + String.join(", ", suites) + "."));
    }
}
