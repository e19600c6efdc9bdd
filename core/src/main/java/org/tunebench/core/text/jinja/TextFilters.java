package org.tunebench.core.text.jinja;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The longer text filters. */
final class TextFilters {
    private static final Pattern WORD_START = Pattern.compile("([-\\s({\\[<]+)", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private TextFilters() {}

    static String title(String text) {
        StringBuilder out = new StringBuilder();
        Matcher border = WORD_START.matcher(text);
        int start = 0;
        while (border.find()) {
            out.append(titled(text.substring(start, border.start()))).append(border.group());
            start = border.end();
        }
        return out.append(titled(text.substring(start))).toString();
    }

    private static String titled(String word) {
        if (word.isEmpty()) {
            return word;
        }
        int first = Character.charCount(word.codePointAt(0));
        return word.substring(0, first).toUpperCase(Locale.ROOT)
                + word.substring(first).toLowerCase(Locale.ROOT);
    }

    static Object indent(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("indent", "width?", "first?", "blank?");
        String indention = bound[0] == null
                ? "    "
                : Types.isString(bound[0])
                        ? Texts.str(bound[0])
                        : " ".repeat(Math.max(0, Math.min(10_000, Numbers.clampedInteger(bound[0]))));
        boolean first = bound[1] != null && Types.truth(bound[1]);
        boolean blank = bound[2] != null && Types.truth(bound[2]);
        if (!Types.isString(value)) {
            throw value instanceof Undefined undefined
                    ? undefined.error()
                    : new TemplateError("indent of a value of type '" + Types.name(value) + "'");
        }
        List<Object> lines = Splitting.lines(Texts.str(value) + "\n", false);
        render.charge(Texts.str(value).length() + (long) lines.size() * indention.length());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            out.append(i == 0 ? "" : "\n");
            out.append((i == 0 ? first : blank || !line.isEmpty()) ? indention : "");
            out.append(line);
        }
        return value instanceof Markup ? new Markup(out.toString()) : out.toString();
    }

    static Object truncate(Render render, Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("truncate", "length?", "killwords?", "end?", "leeway?");
        String text = StringMethods.text(value);
        int length = bound[0] == null ? 255 : Numbers.clampedInteger(bound[0]);
        String end = bound[2] == null ? "..." : StringMethods.text(bound[2]);
        int leeway = bound[3] == null || bound[3] == None.NONE ? 5 : Numbers.clampedInteger(bound[3]);
        if (length < Texts.length(end) || leeway < 0) {
            throw new TemplateError("expected length >= " + Texts.length(end) + " and leeway >= 0");
        }
        if (Texts.length(text) <= (long) length + leeway) {
            return text;
        }
        String cut = text.substring(0, Texts.index(text, length - Texts.length(end)));
        if (bound[1] == null || !Types.truth(bound[1])) {
            int space = cut.lastIndexOf(' ');
            cut = space < 0 ? cut : cut.substring(0, space);
        }
        return cut + end;
    }

    static long wordCount(String text) {
        return WORD.matcher(text).results().count();
    }

    static String stripTags(String text) {
        String bare = without(without(text, "<!--", "-->"), "<", ">");
        List<String> words = new ArrayList<>();
        Splitting.split(bare, Arguments.NONE, true).forEach(word -> words.add((String) word));
        return String.join(" ", words)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    /** A text without what stands between opening and closing marks, and without these. */
    private static String without(String text, String open, String close) {
        StringBuilder left = new StringBuilder();
        int from = 0;
        int start = text.indexOf(open);
        int end = start < 0 ? -1 : text.indexOf(close, start);
        while (end >= 0) {
            left.append(text, from, start);
            from = end + close.length();
            start = text.indexOf(open, from);
            end = start < 0 ? -1 : text.indexOf(close, start);
        }
        return left.append(text.substring(from)).toString();
    }

    static Object urlEncode(Render render, Object value, Arguments arguments) {
        if (Types.isString(value) || !Sequences.isIterable(value)) {
            render.charge(8L * Texts.str(value).length()); // up to three characters for each byte, slowly
            return quote(Texts.str(value), true);
        }
        List<Object> pairs = value instanceof Map<?, ?> map ? Attributes.pairs(map) : Sequences.list(render, value);
        List<String> parts = new ArrayList<>();
        for (Object pair : pairs) {
            List<Object> entry = Sequences.list(render, pair);
            parts.add(quote(Texts.str(entry.get(0)), false) + "=" + quote(Texts.str(entry.get(1)), false));
        }
        return String.join("&", parts);
    }

    private static String quote(String text, boolean path) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0);
            if (plain || (path && c == '/')) {
                out.append(c);
            } else {
                out.append(!path && c == ' ' ? "+" : String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
