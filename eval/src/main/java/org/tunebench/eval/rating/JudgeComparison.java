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
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.statistics.ClusterBootstrap;
import org.tunebench.core.statistics.Correlation;

/**
 * A judge's ratings against the raters', on the responses that both rated: those of run folders whose samples, or pairs of
 * them, a judge rated and whose ids and run names are the sheets' prompts and models.
 */
public final class JudgeComparison {
    static final String OVERALL = "overall";

    private final String judge;
    private final String suite;
    private final List<Response> responses = new ArrayList<>();
    private final List<Comparison> games = new ArrayList<>();

    /** A response with what both gave it. @param human by dimension the raters' mean, and their mean overall */
    private record Response(String model, String prompt, double judge, Map<String, Double> human) {}

    private JudgeComparison(String judge, String suite) {
        this.judge = judge;
        this.suite = suite;
    }

    /** Of the suite that has most responses in common with the ratings; empty where none has any. */
    public static Optional<JudgeAgreement> of(Ratings ratings, List<Path> runFolders) {
        Map<String, Map<String, Double>> human = human(ratings.rows());
        Map<String, JudgeComparison> bySuite = new TreeMap<>();
        for (Path path : runFolders) {
            RunFolder folder = RunFolder.open(path);
            String model = folder.readRecord().name();
            folder.readPairwise().forEach((suite, games) -> games.forEach(game -> add(suite, model, game, bySuite)));
            for (String suite : folder.samplesFiles().keySet()) {
                try (Stream<SampleRecord> samples = folder.samples(suite)) {
                    samples.forEach(sample -> add(suite, model, sample, human, bySuite));
                }
            }
        }
        return bySuite.values().stream()
                .filter(c -> !c.responses.isEmpty() || !c.games.isEmpty())
                .max(Comparator.comparingInt(c -> c.responses.size() + c.games.size()))
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
            bySuite.computeIfAbsent(suite, s -> new JudgeComparison(judge, suite))
                    .responses
                    .add(new Response(model, sample.id(), sample.judgment().rating(), rated));
        }
    }

    /** What a judge said of two answers at once. */
    private static void add(String suite, String model, PairwiseRecord game, Map<String, JudgeComparison> bySuite) {
        if (game.winner() != null) {
            Choice choice = switch (game.winner()) {
                case MODEL -> Choice.FIRST;
                case OPPONENT -> Choice.SECOND;
                case TIE -> Choice.TIE;
            };
            bySuite.computeIfAbsent(suite, s -> new JudgeComparison(game.first().judge(), suite))
                    .games
                    .add(new Comparison(game.id(), game.first().judge(), model, game.opponent(), choice));
        }
    }

    /** Prompt and model → by dimension the mean over raters. */
    static Map<String, Map<String, Double>> human(List<Ratings.Row> rows) {
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
        return new JudgeAgreement(
                judge, suite, responses.size(), correlations, JudgePairs.of(ratings, judged(), games));
    }

    /** Prompt and model → the judge's rating. */
    private Map<String, Double> judged() {
        Map<String, Double> judged = new LinkedHashMap<>();
        responses.forEach(r -> judged.put(r.prompt() + "\n" + r.model(), r.judge()));
        return judged;
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
}
