package org.tunebench.reports.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.statistics.Interval;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.run.SuiteMetric;

/**
 * Human ratings from 1 to 5, a row a model and a column a dimension.
 *
 * @param unusable rows of the sheets that could not be used
 */
record RatingsView(List<String> dimensions, List<Line> models, int raters, int unusable) {
    private static final SuiteMetric RATING = new SuiteMetric("rating", SuiteMetric.Scale.RATING);

    record Line(String model, String anchor, int n, int prompts, List<@Nullable Mean> means) {}

    record Mean(String text, String sort, String plusMinus) {}

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
        List<Line> models = new ArrayList<>();
        ratings.models().forEach((name, model) -> models.add(line(name, model, ratings.dimensions())));
        return new RatingsView(
                ratings.dimensions(),
                models,
                (int) ratings.rows().stream().map(Ratings.Row::rater).distinct().count(),
                ratings.unusable().size());
    }

    private static Line line(String name, Ratings.OfModel model, List<String> dimensions) {
        List<@Nullable Mean> means = new ArrayList<>();
        dimensions.forEach(dimension -> means.add(mean(model.means().get(dimension))));
        return new Line(name, Anchor.of("rating", name), model.n(), model.prompts(), means);
    }

    private static @Nullable Mean mean(@Nullable Metric metric) {
        if (metric == null) {
            return null;
        }
        List<Double> ends = metric.ci95();
        Interval interval = ends == null ? null : new Interval(ends.get(0), ends.get(1));
        return new Mean(
                Figures.score(RATING, metric.value()),
                Double.toString(metric.value()),
                interval == null ? "" : "±" + Figures.score(RATING, (interval.hi() - interval.lo()) / 2));
    }
}
