package org.tunebench.eval.judge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rating in a judge's words, as FastChat reads it: the first {@code [[n]]}, else the first {@code [n]}, where n may
 * have decimals. FastChat accepts any number; here one outside 1 to 10 is no rating, and counts as unparsed.
 */
final class Rating {
    private static final Pattern DOUBLE_BRACKETS = Pattern.compile("\\[\\[([0-9]+\\.?[0-9]*)]]");
    private static final Pattern SINGLE_BRACKETS = Pattern.compile("\\[([0-9]+\\.?[0-9]*)]");

    private Rating() {}

    /** The rating, or null where the text holds none. */
    static @Nullable Double parse(String text) {
        Matcher matcher = DOUBLE_BRACKETS.matcher(text);
        if (!matcher.find()) {
            matcher = SINGLE_BRACKETS.matcher(text);
            if (!matcher.find()) {
                return null;
            }
        }
        double rating = Double.parseDouble(matcher.group(1));
        return rating >= 1 && rating <= 10 ? rating : null;
    }
}
