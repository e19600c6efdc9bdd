package org.tunebench.eval.rating;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.statistics.Draws;
import org.tunebench.core.statistics.KrippendorffAlpha.Level;

/** What the ratings say beyond their means: agreement of raters, each rater's habits, the models' order. */
public final class RatingStatistics {
    /** The name under which choices between two responses stand beside the dimensions. */
    static final String PREFERENCE = SheetColumns.PREFERENCE;

    /** Of every bootstrap here. */
    static final Draws DRAWS = new Draws(1000, 1);

    private RatingStatistics() {}

    /** The same ratings with agreement and rankings. */
    public static Ratings complete(Ratings ratings) {
        return with(ratings, ratings.judge());
    }

    /** The same ratings with agreement, rankings, and a judge beside them. */
    public static Ratings with(Ratings ratings, @Nullable JudgeAgreement judge) {
        return new Ratings(
                ratings.schema(),
                ratings.dimensions(),
                ratings.models(),
                ratings.rows(),
                ratings.unusable(),
                ratings.preferences(),
                ratings.checks(),
                agreement(ratings),
                PreferenceRanking.of(ratings).orElse(null),
                judge);
    }

    private static RatingAgreement agreement(Ratings ratings) {
        Map<String, RatingAgreement.OfDimension> dimensions = new LinkedHashMap<>();
        List<String> rated = ratings.dimensions();
        for (String dimension : rated) {
            List<GivenValue> values = GivenValue.ofRatings(ratings.rows(), dimension);
            if (!values.isEmpty()) {
                dimensions.put(dimension, BetweenRaters.of(values, Dimension.HIGHEST, Level.ORDINAL));
            }
        }
        List<GivenValue> choices = GivenValue.ofPreferences(ratings.preferences());
        if (!choices.isEmpty()) {
            dimensions.put(PREFERENCE, BetweenRaters.of(choices, Ratings.Choice.values().length, Level.NOMINAL));
        }
        return new RatingAgreement(dimensions, RaterHabits.of(ratings));
    }
}
