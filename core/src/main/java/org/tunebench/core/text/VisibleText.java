package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text in which nothing hides: control, bidirectional and invisible characters and lone surrogates are written out as
 * {@code [U+202E]}. Line feeds and tabs stay.
 */
public final class VisibleText {
    /** Joiners, which letters and emoji need, and signs before numbers. */
    private static final String VISIBLE_FORMATS =
            "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
                    + new StringBuilder().appendCodePoint(0x110bd).appendCodePoint(0x110cd);

    private VisibleText() {}

    public static String of(String text) {
        if (text.codePoints().noneMatch(VisibleText::hides)) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (hides(c)) {
                visible.append(String.format("[U+%04X]", c));
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

    /**
     * Whether a code point does not show, or changes how others do: controls, format characters but for joiners and the signs
     * that stand before Arabic, Syriac and Kaithi numbers, line and paragraph separators, lone surrogates, no characters, tags.
     * The same set as {@code HIDDEN} in the report's text.js.
     */
    public static boolean hides(int c) {
        boolean nothing = (c & 0xfffe) == 0xfffe || c >= 0xfdd0 && c <= 0xfdef || c == 0x2065;
        if (nothing || c >= 0xe0000 && c <= 0xe007f) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            case Character.FORMAT -> VISIBLE_FORMATS.indexOf(c) < 0;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
