package org.tunebench.train.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an example.
 *
 * @param kept what of it is trained on: mostly one, none where it is dropped, several where it is split
 * @param dropped why nothing is kept; null where something is
 * @param truncated whether its oldest turns were left out
 * @param split whether several examples were made of it
 */
public record Fate(List<TokenizedExample> kept, @Nullable String dropped, boolean truncated, boolean split) {
    /** System prompt and newest exchange do not fit whole. */
    public static final String TOO_LONG = "too_long";

    public static final String NO_SUPERVISED_TOKEN = "no_supervised_token";

    static Fate dropped(String reason) {
        return new Fate(List.of(), reason, false, false);
    }
}
