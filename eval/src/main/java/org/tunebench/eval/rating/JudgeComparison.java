package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.statistics.ClusterBootstrap;
import org.tunebench.core.statistics.CohenKappa;
import org.tunebench.core.statistics.Correlation;

/**
 * A judge's ratings against the raters', on the responses that both rated: those of run folders whose samples a judge rated
 * and whose ids and run names are the sheets' prompts and models.
 */
public final class JudgeComparison {
    private static final String OVERALL = "overall";

    private final String judge;
    private final String suite;
    private final List<Response> responses;

    /** A response with what both gave it. @param human by dimension the raters' mean, and their mean overall */
    private record Response(String model, String prompt, double judge, Map<String, Double> human) {}

    private JudgeComparison(String judge, String suite, List<Response> responses) {
        this.judge = judge;
        this.suite = suite;
        this.responses = responses;
    }

    /** Of the suite that has most responses in common with the ratings; empty where none has any. */
    public static Optional<JudgeAgreement> of(Ratings ratings, List<Path> runFolders) {
        Map<String, Map<String, Double>> human = human(ratings.rows());
        Map<String, JudgeComparison> bySuite = new TreeMap<>();
        for (Path path : runFolders) {
            RunFolder folder = RunFolder.open(path);
            String model = folder.readRecord().name();
            for (String suite : folder.samplesFiles().keySet()) {
                try (Stream<SampleRecord> samples = folder.samples(suite)) {
                    samples.forEach(sample -> add(suite, model, sample, human, bySuite));
                }
            }
        }
        return bySuite.values().stream()
                .max(Comparator.comparingInt(c -> c.responses.size()))
                .map(comparison -> comparison.agreement(ratings));
    }

    private static void add(
            String suite,
            String model,
            SampleRecord sample,
            Map<String, Map<String, Double>> human,
            Map<String, JudgeComparison> bySuite) {
        Map<String, Double> rated = human.get(sample.id() + "\n" + model);
        if (rated != null && sample.judgment() != null && sample.judgment().rating() != null) {
            String judge = sample.judgment().judge();
            bySuite.computeIfAbsent(suite, s -> new JudgeComparison(judge, suite, new ArrayList<>()))
                    .responses
                    .add(new Response(model, sample.id(), sample.judgment().rating(), rated));
        }
    }

    /** Prompt and model → by dimension the mean over raters. */
    private static Map<String, Map<String, Double>> human(List<Ratings.Row> rows) {
        Map<String, Map<String, List<Integer>>> given = new LinkedHashMap<>();
        for (Ratings.Row row : rows) {
            Map<String, List<Integer>> own =
                    given.computeIfAbsent(row.prompt() + "\n" + row.model(), k -> new LinkedHashMap<>());
            row.ratings()
                    .forEach((dimension, rating) -> own.computeIfAbsent(dimension, d -> new ArrayList<>())
                            .add(rating));
        }
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        given.forEach((unit, byDimension) -> {
            Map<String, Double> own = new LinkedHashMap<>();
            byDimension.forEach((dimension, ratings) -> own.put(
                    dimension, ratings.stream().mapToInt(r -> r).average().orElseThrow()));
            own.put(OVERALL, own.values().stream().mapToDouble(m -> m).average().orElseThrow());
            means.put(unit, own);
        });
        return means;
    }

    private JudgeAgreement agreement(Ratings ratings) {
        Map<String, JudgeAgreement.Correlation> correlations = new LinkedHashMap<>();
        List<String> measures = new ArrayList<>(ratings.dimensions());
        measures.add(OVERALL);
        for (String measure : measures) {
            List<Response> rated = responses.stream()
                    .filter(r -> r.human().containsKey(measure))
                    .toList();
            if (!rated.isEmpty()) {
                correlations.put(measure, correlation(rated, measure));
            }
        }
        return new JudgeAgreement(judge, suite, responses.size(), correlations, pairs(ratings));
    }

    private static JudgeAgreement.Correlation correlation(List<Response> rated, String measure) {
        Map<String, List<Response>> byPrompt = new LinkedHashMap<>();
        rated.forEach(r ->
                byPrompt.computeIfAbsent(r.prompt(), p -> new ArrayList<>()).add(r));
        List<List<Response>> clusters = List.copyOf(byPrompt.values());
        OptionalDouble pearson = Correlation.pearson(judges(rated), humans(rated, measure));
        OptionalDouble spearman = Correlation.spearman(judges(rated), humans(rated, measure));
        Metric estimate = spearman.isEmpty()
                ? null
                : ClusterBootstrap.estimate(spearman.getAsDouble(), clusters.size(), RatingStatistics.DRAWS, times -> {
                    List<Response> drawn = new ArrayList<>();
                    for (int cluster = 0; cluster < times.length; cluster++) {
                        for (int i = 0; i < times[cluster]; i++) {
                            drawn.addAll(clusters.get(cluster));
                        }
                    }
                    return Correlation.spearman(judges(drawn), humans(drawn, measure));
                });
        return new JudgeAgreement.Correlation(
                rated.size(), pearson.isPresent() ? pearson.getAsDouble() : null, estimate);
    }

    private static double[] judges(List<Response> responses) {
        return responses.stream().mapToDouble(Response::judge).toArray();
    }

    private static double[] humans(List<Response> responses, String measure) {
        return responses.stream()
                .mapToDouble(r -> r.human().getOrDefault(measure, Double.NaN))
                .toArray();
    }

    /** Raters by the majority of their choices where they compared the pair, else by their ratings. */
    private JudgeAgreement.@Nullable Pairs pairs(Ratings ratings) {
        List<Comparison> chosen = Comparison.ofPairs(ratings.preferences());
        List<int[]> said = new ArrayList<>();
        for (int i = 0; i < responses.size(); i++) {
            for (int j = i + 1; j < responses.size(); j++) {
                Response first = responses.get(i);
                Response second = responses.get(j);
                if (!first.prompt().equals(second.prompt()) || first.model().equals(second.model())) {
                    continue;
                }
                OptionalDouble votes = Comparison.votes(chosen, first.prompt(), first.model(), second.model());
                double human = votes.orElse(difference(first, second));
                said.add(new int[] {(int) Math.signum(first.judge() - second.judge()), (int) Math.signum(human)});
            }
        }
        int[] judges = said.stream().mapToInt(s -> s[0]).toArray();
        int[] humans = said.stream().mapToInt(s -> s[1]).toArray();
        OptionalDouble agreement = CohenKappa.agreement(judges, humans);
        if (agreement.isEmpty()) {
            return null;
        }
        List<int[]> decided = said.stream().filter(s -> s[0] != 0 && s[1] != 0).toList();
        OptionalDouble withoutTies = CohenKappa.agreement(
                decided.stream().mapToInt(s -> s[0]).toArray(),
                decided.stream().mapToInt(s -> s[1]).toArray());
        OptionalDouble kappa = CohenKappa.of(judges, humans, CohenKappa.Weights.NONE);
        return new JudgeAgreement.Pairs(
                said.size(),
                agreement.getAsDouble(),
                decided.size(),
                withoutTies.isPresent() ? withoutTies.getAsDouble() : null,
                kappa.isPresent() ? kappa.getAsDouble() : null);
    }

    private static double difference(Response first, Response second) {
        return first.human().getOrDefault(OVERALL, 0.0) - second.human().getOrDefault(OVERALL, 0.0);
    }
}
