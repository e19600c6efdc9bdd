package org.tunebench.eval.rating;

import java.util.List;
import java.util.Objects;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;

/**
 * What one rater gave one unit: a response, or a pair of them.
 *
 * @param value from 0
 * @param position the row's place in the rater's sheet; 0 where it is not known
 */
record GivenValue(String unit, String prompt, String model, String rater, int value, int position) {

    /** Ratings from 1 to 5 become 0 to 4. */
    static List<GivenValue> ofRatings(List<Ratings.Row> rows, String dimension) {
        return rows.stream()
                .filter(row -> row.ratings().get(dimension) != null)
                .map(row -> new GivenValue(
                        row.prompt() + "\n" + row.model(),
                        row.prompt(),
                        row.model(),
                        row.rater(),
                        Objects.requireNonNull(row.ratings().get(dimension)) - Dimension.LOWEST,
                        Objects.requireNonNullElse(row.position(), 0)))
                .toList();
    }

    /** Choices, as if the model that comes first in the alphabet had stood first. */
    static List<GivenValue> ofPreferences(List<Ratings.Preference> preferences) {
        return preferences.stream()
                .map(p -> {
                    boolean ordered = p.first().compareTo(p.second()) <= 0;
                    Choice choice = ordered ? p.choice() : p.choice().swapped();
                    String pair = ordered ? p.first() + "\n" + p.second() : p.second() + "\n" + p.first();
                    return new GivenValue(
                            p.prompt() + "\n" + pair,
                            p.prompt(),
                            pair,
                            p.rater(),
                            choice.ordinal(),
                            Objects.requireNonNullElse(p.position(), 0));
                })
                .toList();
    }
}
