package org.tunebench.reports.samples;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts as the page holds them: no longer than a limit.
 *
 * @param most characters of a text
 */
record Texts(int most) {
    /** What a page can show of one text without stalling, however well it is compressed. */
    static final int LONGEST = 200_000;

    boolean cuts(@Nullable String text) {
        return text != null && text.length() > most;
    }

    /** The text, or its start and its whole length. */
    @Nullable
    Object of(@Nullable String text) {
        return text == null || text.length() <= most ? text : List.of(text.substring(0, most), text.length());
    }

    /** The same for a value that may be a text. */
    @Nullable
    Object ofAny(@Nullable Object value) {
        return value instanceof String text ? of(text) : value;
    }
}
