package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Rankings;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;
import org.tunebench.core.statistics.BradleyTerry;
import org.tunebench.core.statistics.ClusterBootstrap;
import org.tunebench.core.statistics.RatioEstimate;

/**
 * Models in order of what raters prefer: strengths of Bradley and Terry over raters' pairs or, where none were compared,
 * over what their ratings of the same prompt say. Intervals are bootstrapped over prompts.
 */
final class PreferenceRanking {
    /** One tie of every model with an average one, which keeps a model that always won finite. */
    private static final double PRIOR = 1;

    private final List<String> models;
    private final List<Comparison> comparisons;
    private final List<double[][]> winsByPrompt;

    private PreferenceRanking(List<Comparison> comparisons) {
        this.comparisons = comparisons;
        models = comparisons.stream()
                .flatMap(c -> Stream.of(c.first(), c.second()))
                .distinct()
                .sorted()
                .toList();
        Map<String, double[][]> byPrompt = new LinkedHashMap<>();
        for (Comparison c : comparisons) {
            double[][] wins = byPrompt.computeIfAbsent(c.prompt(), p -> new double[models.size()][models.size()]);
            int first = models.indexOf(c.first());
            int second = models.indexOf(c.second());
            wins[first][second] += won(c.choice());
            wins[second][first] += 1 - won(c.choice());
        }
        winsByPrompt = List.copyOf(byPrompt.values());
    }

    /** Empty where nothing was compared. */
    static Optional<Rankings> of(Ratings ratings) {
        boolean pairs = !ratings.preferences().isEmpty();
        List<Comparison> comparisons =
                pairs ? Comparison.ofPairs(ratings.preferences()) : Comparison.ofRatings(ratings.rows(), 0);
        return comparisons.isEmpty()
                ? Optional.empty()
                : Optional.of(new PreferenceRanking(comparisons).rankings(pairs ? "pairs" : "ratings"));
    }

    /** Of the first; a tie is half a win. */
    private static double won(Choice choice) {
        return switch (choice) {
            case FIRST -> 1;
            case SECOND -> 0;
            case TIE, BOTH_BAD -> 0.5;
        };
    }

    private Rankings rankings(String source) {
        int[] once = new int[winsByPrompt.size()];
        Arrays.fill(once, 1);
        double[] strengths = BradleyTerry.fit(sum(once), PRIOR);
        List<double[]> replicates = winsByPrompt.size() < 2
                ? List.of()
                : ClusterBootstrap.replicates(
                        winsByPrompt.size(),
                        RatingStatistics.DRAWS,
                        times -> Optional.of(BradleyTerry.refit(sum(times), PRIOR, strengths)));
        List<Rankings.Ranked> ranked = IntStream.range(0, models.size())
                .mapToObj(model -> ranked(model, strengths, replicates))
                .sorted(Comparator.comparingDouble(
                        (Rankings.Ranked r) -> -r.strength().value()))
                .toList();
        return new Rankings(source, comparisons.size(), count(Choice.TIE), count(Choice.BOTH_BAD), ranked, wins());
    }

    private int count(Choice choice) {
        return (int) comparisons.stream().filter(c -> c.choice() == choice).count();
    }

    private double[][] sum(int[] times) {
        double[][] sum = new double[models.size()][models.size()];
        for (int prompt = 0; prompt < times.length; prompt++) {
            for (int i = 0; times[prompt] > 0 && i < models.size(); i++) {
                for (int j = 0; j < models.size(); j++) {
                    sum[i][j] += times[prompt] * winsByPrompt.get(prompt)[i][j];
                }
            }
        }
        return sum;
    }

    private Rankings.Ranked ranked(int model, double[] strengths, List<double[]> replicates) {
        Metric strength = replicates.isEmpty()
                ? new Metric(strengths[model], null, null)
                : ClusterBootstrap.estimate(
                        strengths[model],
                        replicates.stream().mapToDouble(r -> r[model]).toArray());
        int[] places = replicates.isEmpty()
                ? new int[] {1, models.size()}
                : replicates.stream().mapToInt(r -> place(r, model)).sorted().toArray();
        int cut = replicates.isEmpty() ? 0 : (int) (0.025 * places.length);
        double[] won = new double[winsByPrompt.size()];
        double[] asked = new double[winsByPrompt.size()];
        for (int prompt = 0; prompt < won.length; prompt++) {
            double[][] wins = winsByPrompt.get(prompt);
            for (int other = 0; other < models.size(); other++) {
                won[prompt] += wins[model][other];
                asked[prompt] += wins[model][other] + wins[other][model];
            }
        }
        return new Rankings.Ranked(
                models.get(model),
                strength,
                places[cut],
                places[places.length - 1 - cut],
                RatioEstimate.of(won, asked),
                (int) Math.round(Arrays.stream(asked).sum()));
    }

    private static int place(double[] strengths, int model) {
        return 1
                + (int) Arrays.stream(strengths)
                        .filter(s -> s > strengths[model])
                        .count();
    }

    private List<Rankings.Wins> wins() {
        List<Rankings.Wins> wins = new ArrayList<>();
        for (String model : models) {
            for (String opponent : models) {
                int[] counts = new int[Choice.values().length];
                for (Comparison c : comparisons) {
                    if (c.first().equals(model) && c.second().equals(opponent)) {
                        counts[c.choice().ordinal()]++;
                    } else if (c.first().equals(opponent) && c.second().equals(model)) {
                        counts[c.choice().swapped().ordinal()]++;
                    }
                }
                if (Arrays.stream(counts).sum() > 0) {
                    wins.add(new Rankings.Wins(
                            model,
                            opponent,
                            counts[Choice.FIRST.ordinal()],
                            counts[Choice.SECOND.ordinal()],
                            counts[Choice.TIE.ordinal()],
                            counts[Choice.BOTH_BAD.ordinal()]));
                }
            }
        }
        return wins;
    }
}
