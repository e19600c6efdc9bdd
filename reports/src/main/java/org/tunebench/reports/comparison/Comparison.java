package org.tunebench.reports.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tunebench.core.statistics.Draws;
import org.tunebench.core.statistics.Holm;
import org.tunebench.core.statistics.PairedDifference;

/**
 * Every pair of candidates on every suite, and every recipe beside its base model group by group. Each of the two tables is
 * a family of its own for Holm's correction.
 *
 * @param pairs of whole suites; the baseline is the base model or the candidate given first
 * @param groups beside the base model only
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
            collect(experiment, new Suite(suite, metric), scored, pairs, groups);
        });
        return new Comparison(judge(pairs), judge(groups), List.copyOf(notes));
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
    public Map<String, Object> toJson() {
        return ComparisonJson.of(this);
    }

    private static void collect(
            Experiment experiment, Suite suite, List<Scored> scored, List<Unjudged> pairs, List<Unjudged> groups) {
        for (int i = 0; i < scored.size(); i++) {
            Scored tuned = scored.get(i);
            for (Scored other : scored.subList(i + 1, scored.size())) {
                pairs.add(new Unjudged(tuned, other, suite, ""));
            }
            Optional<String> base = experiment.baselineOf(tuned.candidate()).map(Candidate::name);
            for (Scored other : scored) {
                String name = other.candidate().name();
                if (base.isPresent()
                        && base.get().equals(name)
                        && !name.equals(tuned.candidate().name())) {
                    groupNames(tuned.scores(), other.scores())
                            .forEach(group -> groups.add(new Unjudged(other, tuned, suite, group)));
                }
            }
        }
    }

    private static Set<String> groupNames(ItemScores one, ItemScores other) {
        Set<String> names = new TreeSet<>();
        one.items().forEach((id, item) -> {
            if (!item.group().isEmpty() && other.items().containsKey(id)) {
                names.add(item.group());
            }
        });
        return names;
    }

    /** Runs the tests, corrects their p values together and gives the verdicts. */
    private static List<Pair> judge(List<Unjudged> unjudged) {
        Draws draws = new Draws(Math.max(FEWEST_DRAWS, DRAWS_A_COMPARISON * unjudged.size()), SEED);
        List<Tested> tested =
                unjudged.stream().flatMap(u -> u.test(draws).stream()).toList();
        double[] p =
                Holm.adjust(tested.stream().mapToDouble(t -> t.difference().p()).toArray());
        return IntStream.range(0, p.length)
                .mapToObj(i -> tested.get(i).judged(p[i]))
                .toList();
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
    private record Unjudged(Scored baseline, Scored candidate, Suite suite, String group) {

        Optional<Tested> test(Draws draws) {
            List<double[]> common = new ArrayList<>();
            baseline.scores().items().forEach((id, item) -> {
                ItemScores.Item other = candidate.scores().items().get(id);
                if (other != null && isInGroup(item)) {
                    common.add(new double[] {item.score(), other.score()});
                }
            });
            double[] one = common.stream().mapToDouble(pair -> pair[0]).toArray();
            double[] two = common.stream().mapToDouble(pair -> pair[1]).toArray();
            return PairedDifference.between(one, two, draws).map(difference -> new Tested(this, difference));
        }

        boolean isInGroup(ItemScores.Item item) {
            return group.isEmpty() || item.group().equals(group);
        }

        int items(Scored scored) {
            return (int) scored.scores().items().values().stream()
                    .filter(this::isInGroup)
                    .count();
        }
    }

    /** A pair that is still to be judged, together with the others. */
    private record Tested(Unjudged pair, PairedDifference difference) {
        Pair judged(double pHolm) {
            return new Pair(
                    pair.baseline().candidate().name(),
                    pair.candidate().candidate().name(),
                    pair.suite().name(),
                    pair.group(),
                    pair.suite().metric(),
                    difference,
                    pHolm,
                    Verdict.of(difference, pHolm, pair.suite().metric()),
                    pair.items(pair.baseline()) - difference.n(),
                    pair.items(pair.candidate()) - difference.n());
        }
    }
}
