package org.tunebench.eval.rating;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Ratings.Choice;

/**
 * What a rater wrote into a row.
 *
 * @param ratings by dimension; those left empty are left out
 * @param problem why the row cannot be used, where that is so
 */
record RowValues(
        Map<String, Integer> ratings,
        @Nullable Choice choice,
        @Nullable String comment,
        @Nullable String problem) {
    static final String NOT_RATED = "it is not rated";

    /** A whole number, as {@code 4}, {@code 4.0} or, in other locales, {@code 4,0}. */
    private static final Pattern WHOLE = Pattern.compile("([0-9])([.,]0+)?");

    static RowValues of(ReturnedRow row, boolean pair) {
        String comment = row.cell(SheetColumns.COMMENT);
        String said = comment.isEmpty() ? null : comment;
        if (pair) {
            String cell = row.cell(SheetColumns.PREFERENCE);
            Optional<Choice> choice = Preferences.of(cell);
            String problem = cell.isEmpty() || choice.isPresent()
                    ? null
                    : "preference is '" + shortened(cell) + "', expected A, B, tie or both bad";
            return new RowValues(Map.of(), choice.orElse(null), said, problem);
        }
        Map<String, Integer> ratings = new LinkedHashMap<>();
        for (String dimension : Dimension.ids()) {
            String cell = row.cell(dimension);
            int rating = WHOLE.matcher(cell).matches() ? cell.charAt(0) - '0' : 0;
            if (rating >= Dimension.LOWEST && rating <= Dimension.HIGHEST) {
                ratings.put(dimension, rating);
            } else if (!cell.isEmpty()) {
                return new RowValues(
                        Map.of(), null, said, dimension + " is '" + shortened(cell) + "', expected 1 to 5");
            }
        }
        return new RowValues(ratings, null, said, null);
    }

    boolean isEmpty() {
        return ratings.isEmpty() && choice == null;
    }

    private static String shortened(String cell) {
        return cell.length() > 40 ? cell.substring(0, 40) + "…" : cell;
    }
}
