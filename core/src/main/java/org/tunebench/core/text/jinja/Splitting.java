package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code split}, {@code rsplit}, {@code splitlines}, {@code partition} and {@code replace}. */
final class Splitting {
    private Splitting() {}

    static List<Object> split(String text, Arguments arguments, boolean fromLeft) {
        @Nullable Object[] bound = arguments.bind("split", "sep?", "maxsplit?");
        int most = bound[1] == null ? -1 : Numbers.clampedInteger(bound[1]);
        most = most < 0 ? Integer.MAX_VALUE : most;
        if (bound[0] == null || bound[0] == None.NONE) {
            return words(text, most, fromLeft);
        }
        String separator = StringMethods.text(bound[0]);
        if (separator.isEmpty()) {
            throw new TemplateError("empty separator");
        }
        List<Object> parts = new ArrayList<>();
        if (fromLeft) {
            int start = 0;
            for (int at = text.indexOf(separator);
                    at >= 0 && parts.size() < most;
                    at = text.indexOf(separator, start)) {
                parts.add(text.substring(start, at));
                start = at + separator.length();
            }
            parts.add(text.substring(start));
            return parts;
        }
        int end = text.length();
        for (int at = text.lastIndexOf(separator);
                at >= 0 && parts.size() < most;
                at = end - separator.length() < 0 ? -1 : text.lastIndexOf(separator, end - separator.length())) {
            parts.add(text.substring(at + separator.length(), end));
            end = at;
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    private static List<Object> words(String text, int most, boolean fromLeft) {
        List<Object> words = new ArrayList<>();
        String rest = fromLeft ? Whitespace.stripStart(text) : Whitespace.stripEnd(text);
        while (!rest.isEmpty()) {
            if (words.size() == most) {
                words.add(rest);
                break;
            }
            int border = border(rest, fromLeft);
            if (fromLeft) {
                words.add(rest.substring(0, border));
                rest = Whitespace.stripStart(rest.substring(border));
            } else {
                words.add(rest.substring(border));
                rest = Whitespace.stripEnd(rest.substring(0, border));
            }
        }
        if (!fromLeft) {
            Collections.reverse(words);
        }
        return words;
    }

    /** Where the first word ends, or where the last one starts. */
    private static int border(String text, boolean first) {
        if (first) {
            int end = 0;
            while (end < text.length() && !Whitespace.is(text.charAt(end))) {
                end++;
            }
            return end;
        }
        int start = text.length();
        while (start > 0 && !Whitespace.is(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    static List<Object> lines(String text, boolean keepEnds) {
        List<Object> lines = new ArrayList<>();
        int start = 0;
        int i = 0;
        while (i < text.length()) {
            if (!Whitespace.endsLine(text.charAt(i))) {
                i++;
                continue;
            }
            int after = text.startsWith("\r\n", i) ? i + 2 : i + 1;
            lines.add(text.substring(start, keepEnds ? after : i));
            start = after;
            i = after;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    static Tuple partition(String text, String separator, boolean first) {
        if (separator.isEmpty()) {
            throw new TemplateError("empty separator");
        }
        int at = first ? text.indexOf(separator) : text.lastIndexOf(separator);
        if (at < 0) {
            return first ? Tuple.of(text, "", "") : Tuple.of("", "", text);
        }
        return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
    }

    /** @param most negative for all */
    static String replace(Render render, String text, String old, String replacement, int most) {
        if (most < 0 && !old.isEmpty()) {
            if (replacement.length() > old.length()) {
                render.charge((long) text.length() / old.length() * replacement.length());
            }
            return text.replace(old, replacement);
        }
        StringBuilder out = new StringBuilder();
        int start = 0;
        int done = 0;
        int limit = most < 0 ? Integer.MAX_VALUE : most;
        render.charge((long) text.length() * (1 + replacement.length()));
        while (done < limit) {
            int at = old.isEmpty() ? start : text.indexOf(old, start);
            if (at < 0 || at > text.length()) {
                break;
            }
            out.append(text, start, at).append(replacement);
            done++;
            start = at + old.length();
            if (old.isEmpty()) {
                if (start >= text.length()) {
                    return out.toString();
                }
                int next = start + Character.charCount(text.codePointAt(start));
                out.append(text, start, next);
                start = next;
            }
        }
        return out.append(text, start, text.length()).toString();
    }
}
