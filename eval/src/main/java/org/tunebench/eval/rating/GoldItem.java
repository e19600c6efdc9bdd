package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.record.JsonLines;

/**
 * An item whose right rating is known, put among the others to see whether a rater pays attention. A line of a JSONL file:
 * {@code {"id": …, "prompt": …, "response": …, "ratings": {"accuracy": 1, …}}}, or for pairs
 * {@code {"id": …, "prompt": …, "chosen": …, "rejected": …}}.
 *
 * @param ratings expected, by dimension; those left out are not checked
 */
public record GoldItem(
        String id,
        String prompt,
        @Nullable String response,
        Map<String, Integer> ratings,
        @Nullable String chosen,
        @Nullable String rejected) {

    /** @throws InputException where it is neither a rated response nor a pair */
    public GoldItem {
        ratings = ratings == null ? Map.of() : new LinkedHashMap<>(ratings);
        boolean rated = response != null && !ratings.isEmpty() && chosen == null && rejected == null;
        boolean pair = chosen != null && rejected != null && response == null && ratings.isEmpty();
        if (id == null || id.isBlank() || prompt == null || prompt.isBlank() || rated == pair) {
            throw new InputException(
                    "gold item '" + id + "' is neither a response with ratings nor a pair",
                    "gold items",
                    "Write id and prompt with response and ratings, or with chosen and rejected");
        }
        ratings.forEach((dimension, rating) -> {
            KnownNames.require("dimension", dimension, Dimension.ids(), "gold item " + id);
            if (rating == null || rating < Dimension.LOWEST || rating > Dimension.HIGHEST) {
                throw new InputException(
                        dimension + " is " + rating, "gold item " + id, "Write a whole number from 1 to 5");
            }
        });
    }

    boolean isPair() {
        return chosen != null;
    }

    /** @throws InputException where the file is missing, malformed or holds no item */
    public static List<GoldItem> read(Path file) {
        try (Stream<GoldItem> lines = JsonLines.read(file, GoldItem.class)) {
            List<GoldItem> items = lines.toList();
            if (items.isEmpty()) {
                throw new InputException("no gold item in the file", file.toString(), "Write one JSON object a line");
            }
            return items;
        }
    }
}
