package org.tunebench.reports.leaderboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text in which nothing hides: control, bidirectional and invisible characters and lone surrogates are written out as
 * {@code ⟦U+202E⟧}. Line feeds and tabs stay.
 */
public final class VisibleText {
    private VisibleText() {}

    public static String of(String text) {
        if (text.codePoints().noneMatch(VisibleText::hides)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (hides(c)) {
                visible.append(String.format("\u27e6U+%04X\u27e7", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** The same for every text of a tree of maps and lists; what else there is stays. */
    public static @Nullable Object deep(@Nullable Object value) {
        if (value instanceof String text) {
            return of(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(key, deep(entry)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(entry -> copy.add(deep(entry)));
            return copy;
        }
        return value;
    }

    /** Whether a code point is one of them. The same set as {@code HIDDEN} in report.js. */
    public static boolean hides(int c) {
        return (c < 0x20 && c != '\n' && c != '\t')
                || (c >= 0x7f && c <= 0x9f)
                || c == 0xad
                || c == 0x61c
                || (c >= 0x200b && c <= 0x200f && c != 0x200c && c != 0x200d)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xfff9 && c <= 0xfffb)
                || (c >= 0xe0000 && c <= 0xe007f)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
