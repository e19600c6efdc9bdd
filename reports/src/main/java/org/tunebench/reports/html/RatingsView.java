package org.tunebench.reports.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Rankings;
import org.tunebench.core.record.Ratings;
import org.tunebench.reports.leaderboard.Figures;

/**
 * What human raters said: a row a model and a column a dimension, how far they agree, and the order they give the models.
 *
 * @param unusable rows of the sheets that could not be used
 * @param agreement empty where nothing was computed
 * @param ranking absent where nothing was compared
 * @param judge absent where no judge rated the same responses
 */
record RatingsView(
        List<String> dimensions,
        List<Line> models,
        int raters,
        int unusable,
        List<RaterAgreementView.OfDimension> agreement,
        List<RaterAgreementView.OfRater> persons,
        @Nullable Ranking ranking,
        @Nullable Judge judge) {

    record Line(String model, String anchor, int n, int prompts, List<@Nullable Mean> means) {}

    /** @param text with two digits behind the point */
    record Mean(String text, String sort, String interval) {
        static @Nullable Mean of(@Nullable Metric metric) {
            if (metric == null) {
                return null;
            }
            List<Double> ends = metric.ci95();
            return new Mean(
                    fixed(metric.value()),
                    Double.toString(metric.value()),
                    ends == null ? "" : fixed(ends.get(0)) + " to " + fixed(ends.get(1)));
        }
    }

    /** @param wins row's model against column's, in the order of the models; empty where they were not compared */
    record Ranking(String about, List<Ranked> models, List<List<String>> wins) {}

    record Ranked(
            String model,
            @Nullable Mean strength,
            String ranks,
            @Nullable Mean winShare,
            int comparisons) {}

    record Judge(String about, List<Correlation> correlations) {}

    record Correlation(String dimension, int n, @Nullable Mean spearman, String pearson) {}

    /** @throws InputException where the file is not a whole ratings.json of this schema */
    static RatingsView read(Path file) {
        Ratings ratings;
        try {
            ratings = Json.MAPPER.readValue(file.toFile(), Ratings.class);
        } catch (JsonProcessingException e) {
            throw new InputException("not a whole ratings.json", file.toString(), "Import the sheets again", e);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check the path and its permissions", e);
        }
        if (ratings.schema() != Ratings.SCHEMA || ratings.models() == null || ratings.dimensions() == null) {
            throw new InputException(
                    "not a ratings.json of schema " + Ratings.SCHEMA, file.toString(), "Import the sheets again");
        }
        return of(ratings);
    }

    private static RatingsView of(Ratings ratings) {
        List<Line> models = new ArrayList<>();
        ratings.models().forEach((name, model) -> models.add(line(name, model, ratings.dimensions())));
        return new RatingsView(
                ratings.dimensions(),
                models,
                (int) ratings.rows().stream().map(Ratings.Row::rater).distinct().count(),
                ratings.unusable().size(),
                RaterAgreementView.dimensions(ratings.agreement()),
                RaterAgreementView.raters(ratings.agreement()),
                ratings.rankings() == null ? null : ranking(ratings.rankings()),
                ratings.judge() == null ? null : judge(ratings.judge()));
    }

    private static Line line(String name, Ratings.OfModel model, List<String> dimensions) {
        List<@Nullable Mean> means = new ArrayList<>();
        dimensions.forEach(dimension -> means.add(Mean.of(model.means().get(dimension))));
        return new Line(name, Anchor.of("rating", name), model.n(), model.prompts(), means);
    }

    private static Ranking ranking(Rankings rankings) {
        List<String> names =
                rankings.models().stream().map(Rankings.Ranked::model).toList();
        List<List<String>> wins = new ArrayList<>();
        for (String model : names) {
            wins.add(names.stream()
                    .map(opponent -> rankings.wins().stream()
                            .filter(w -> w.model().equals(model) && w.opponent().equals(opponent))
                            .map(w -> w.wins() + " : " + w.losses() + (w.ties() > 0 ? ", " + w.ties() + " tied" : ""))
                            .findFirst()
                            .orElse(""))
                    .toList());
        }
        return new Ranking(
                rankings.comparisons() + " comparisons by " + rankings.source() + ", " + rankings.ties() + " ties, "
                        + rankings.bothBad() + " in which neither was of use",
                rankings.models().stream()
                        .map(m -> new Ranked(
                                m.model(),
                                Mean.of(m.strength()),
                                m.bestRank() == m.worstRank()
                                        ? Integer.toString(m.bestRank())
                                        : m.bestRank() + " to " + m.worstRank(),
                                Mean.of(m.winShare()),
                                m.comparisons()))
                        .toList(),
                wins);
    }

    private static Judge judge(JudgeAgreement judge) {
        List<Correlation> correlations = new ArrayList<>();
        judge.correlations()
                .forEach((dimension, c) -> correlations.add(new Correlation(
                        dimension,
                        c.n(),
                        Mean.of(c.spearman()),
                        c.pearson() == null ? Figures.NONE : fixed(c.pearson()))));
        JudgeAgreement.Pairs pairs = judge.pairs();
        String agreeing = pairs == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; of %d pairs of responses it orders %.1f %% as the raters do",
                        pairs.n(),
                        100 * pairs.agreement());
        return new Judge(
                judge.judge() + " on " + judge.suite() + ", " + judge.responses() + " responses that both rated"
                        + agreeing,
                correlations);
    }

    static String fixed(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replace('-', '\u2212');
    }
}
