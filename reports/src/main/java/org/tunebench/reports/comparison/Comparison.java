package org.tunebench.reports.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tunebench.core.statistics.Draws;
import org.tunebench.core.statistics.Holm;
import org.tunebench.core.statistics.PairedDifference;
import org.tunebench.reports.run.SuiteMetric;

/**
 * Every pair of candidates on every suite, and group by group.
 *
 * @param pairs of whole suites; the baseline is the base model or the candidate given first. All of them are one family for
 *     Holm's correction
 * @param groups of the same pairs; the groups of two candidates, on all suites, are a family
 * @param notes pairs without common items, differing item sets
 */
public record Comparison(List<Pair> pairs, List<Pair> groups, List<String> notes) {
    private static final long SEED = 20_250_101;
    private static final int FEWEST_DRAWS = 10_000;
    /** Draws a comparison, so that the smallest p stays below the level after correction. */
    private static final int DRAWS_A_COMPARISON = 200;

    public static Comparison of(Experiment experiment) {
        List<Unjudged> pairs = new ArrayList<>();
        List<Unjudged> groups = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        experiment.suites().forEach((suite, metric) -> {
            List<Scored> scored = experiment.candidates().stream()
                    .filter(candidate -> !candidate.results(suite).isEmpty())
                    .map(candidate -> new Scored(candidate, ItemScores.read(candidate, suite, metric)))
                    .toList();
            itemSets(suite, scored).ifPresent(notes::add);
            collect(new Suite(suite, metric), scored, pairs, groups);
        });
        return new Comparison(
                judge(pairs),
                groups.stream()
                        .collect(Collectors.groupingBy(Unjudged::names, LinkedHashMap::new, Collectors.toList()))
                        .values()
                        .stream()
                        .flatMap(family -> judge(family).stream())
                        .toList(),
                List.copyOf(notes));
    }

    /** The pair of two candidates on a suite, in either order of names. */
    public Optional<Pair> between(String one, String other, String suite) {
        return pairs.stream()
                .filter(p -> p.suite().equals(suite))
                .filter(p -> Set.of(p.baseline(), p.candidate()).equals(Set.of(one, other)))
                .findFirst();
    }

    /** Who is better than whom at a level of p after correction, at most {@link Verdict#ALPHA}, and on which suites. */
    public List<Differing> differing(double level) {
        return Differing.at(level, pairs);
    }

    /** The content of comparison.json: plain maps and lists, full precision. */
    public Map<String, Object> toJson(Experiment experiment) {
        return ComparisonJson.of(experiment, this);
    }

    private static void collect(Suite suite, List<Scored> scored, List<Unjudged> pairs, List<Unjudged> groups) {
        for (int i = 0; i < scored.size(); i++) {
            Scored one = scored.get(i);
            for (Scored other : scored.subList(i + 1, scored.size())) {
                CommonItems.byGroup(one.scores(), other.scores())
                        .forEach((group, items) -> (group.isEmpty() ? pairs : groups)
                                .add(new Unjudged(
                                        one.candidate().name(),
                                        other.candidate().name(),
                                        suite,
                                        group,
                                        items)));
            }
        }
    }

    /** Runs the tests, corrects their p values together and gives the verdicts. */
    private static List<Pair> judge(List<Unjudged> unjudged) {
        Draws draws = new Draws(Math.max(FEWEST_DRAWS, DRAWS_A_COMPARISON * unjudged.size()), SEED);
        List<Tested> tested = tested(unjudged, draws);
        double[] before = tested.stream().mapToDouble(t -> t.difference().p()).toArray();
        double[] after = Holm.adjust(before);
        double[] levels = levels(before);
        return IntStream.range(0, after.length)
                .mapToObj(i -> tested.get(i).judged(after[i], levels[i]))
                .toList();
    }

    /** In the order given. Each test is a task of its own: the long ones stand side by side. */
    private static List<Tested> tested(List<Unjudged> unjudged, Draws draws) {
        List<ForkJoinTask<Optional<Tested>>> tasks = unjudged.stream()
                .map(u -> ForkJoinTask.adapt(() -> u.test(draws)))
                .toList();
        ForkJoinTask.invokeAll(tasks);
        return tasks.stream().flatMap(task -> task.join().stream()).toList();
    }

    /** The level that each p has to meet in its place of Holm's order: the smallest of m meets alpha / m, the next alpha / (m - 1)… */
    private static double[] levels(double[] p) {
        List<Integer> order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .toList();
        double[] levels = new double[p.length];
        for (int place = 0; place < p.length; place++) {
            levels[order.get(place)] = Verdict.ALPHA / (p.length - place);
        }
        return levels;
    }

    private static Optional<String> itemSets(String suite, List<Scored> scored) {
        List<String> empty = scored.stream()
                .filter(s -> s.scores().items().isEmpty())
                .map(s -> s.candidate().name())
                .toList();
        if (!empty.isEmpty()) {
            return Optional.of("Suite '" + suite + "': no samples of " + String.join(", ", empty)
                    + ", so there is nothing to compare there.");
        }
        long sets =
                scored.stream().map(s -> s.scores().items().keySet()).distinct().count();
        return sets < 2
                ? Optional.empty()
                : Optional.of("Suite '" + suite + "': the candidates did not all answer the same items; "
                        + "each pair is compared on the items both answered.");
    }

    private record Suite(String name, SuiteMetric metric) {}

    private record Scored(Candidate candidate, ItemScores scores) {}

    /** A pair that is still to be tested. */
    private record Unjudged(String baseline, String candidate, Suite suite, String group, CommonItems items) {

        Optional<Tested> test(Draws draws) {
            return PairedDifference.between(items.baseline(), items.candidate(), draws)
                    .map(difference -> new Tested(this, difference));
        }

        List<String> names() {
            return List.of(baseline, candidate);
        }
    }

    /** A pair that is still to be judged, together with the others. */
    private record Tested(Unjudged pair, PairedDifference difference) {
        Pair judged(double pHolm, double level) {
            SuiteMetric metric = pair.suite().metric();
            return new Pair(
                    pair.baseline(),
                    pair.candidate(),
                    pair.suite().name(),
                    pair.group(),
                    metric,
                    difference,
                    pHolm,
                    level,
                    Verdict.of(difference, pHolm, metric),
                    pair.items().onlyBaseline(),
                    pair.items().onlyCandidate());
        }
    }
}
