package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that give text, numbers or truth; positions count code points. */
final class StringMethods {
    /** A method; the arguments are Python's. */
    @FunctionalInterface
    interface Method {
        Object call(Render render, String text, Arguments arguments);
    }

    static final Map<String, Method> ALL = all();

    private StringMethods() {}

    private static Map<String, Method> all() {
        Map<String, Method> all = new HashMap<>();
        all.put("lower", (r, s, a) -> s.toLowerCase(Locale.ROOT));
        all.put("casefold", (r, s, a) -> s.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
        all.put("upper", (r, s, a) -> s.toUpperCase(Locale.ROOT));
        all.put("capitalize", (r, s, a) -> capitalize(s));
        all.put("title", (r, s, a) -> title(s));
        all.put("swapcase", (r, s, a) -> swapCase(s));
        all.put("strip", (r, s, a) -> strip(s, a, true, true));
        all.put("lstrip", (r, s, a) -> strip(s, a, true, false));
        all.put("rstrip", (r, s, a) -> strip(s, a, false, true));
        all.put("startswith", (r, s, a) -> affix(s, a, true));
        all.put("endswith", (r, s, a) -> affix(s, a, false));
        all.put("removeprefix", (r, s, a) -> {
            String prefix = text(a.bind("removeprefix", "prefix")[0]);
            return s.startsWith(prefix) ? s.substring(prefix.length()) : s;
        });
        all.put("removesuffix", (r, s, a) -> {
            String suffix = text(a.bind("removesuffix", "suffix")[0]);
            return !suffix.isEmpty() && s.endsWith(suffix) ? s.substring(0, s.length() - suffix.length()) : s;
        });
        all.put("replace", (r, s, a) -> {
            @Nullable Object[] bound = a.bind("replace", "old", "new", "count?");
            return Splitting.replace(
                    r, s, text(bound[0]), text(bound[1]), bound[2] == null ? -1 : Numbers.clampedInteger(bound[2]));
        });
        all.put("split", (r, s, a) -> Splitting.split(s, a, true));
        all.put("rsplit", (r, s, a) -> Splitting.split(s, a, false));
        all.put("splitlines", (r, s, a) -> {
            Object keep = a.bind("splitlines", "keepends?")[0];
            return Splitting.lines(s, keep != null && Types.truth(keep));
        });
        all.put("partition", (r, s, a) -> Splitting.partition(s, text(a.bind("partition", "sep")[0]), true));
        all.put("rpartition", (r, s, a) -> Splitting.partition(s, text(a.bind("rpartition", "sep")[0]), false));
        all.put("join", (r, s, a) -> join(r, s, Objects.requireNonNull(a.bind("join", "iterable")[0])));
        all.put("find", (r, s, a) -> find(s, a, "find", true));
        all.put("rfind", (r, s, a) -> find(s, a, "rfind", false));
        all.put("index", (r, s, a) -> found(find(s, a, "index", true)));
        all.put("rindex", (r, s, a) -> found(find(s, a, "rindex", false)));
        all.put("count", (r, s, a) -> count(s, text(a.bind("count", "sub")[0])));
        all.put("center", (r, s, a) -> pad(r, s, a, "center"));
        all.put("ljust", (r, s, a) -> pad(r, s, a, "ljust"));
        all.put("rjust", (r, s, a) -> pad(r, s, a, "rjust"));
        all.put("zfill", (r, s, a) -> zeroFill(r, s, a));
        all.put("format", (r, s, a) -> BraceFormat.format(r, s, a));
        all.put("isdigit", (r, s, a) -> every(s, Character::isDigit));
        all.put("isdecimal", (r, s, a) -> every(s, Character::isDigit));
        all.put("isnumeric", (r, s, a) -> every(s, Character::isDigit));
        all.put("isalpha", (r, s, a) -> every(s, Character::isLetter));
        all.put("isalnum", (r, s, a) -> every(s, Character::isLetterOrDigit));
        all.put("isspace", (r, s, a) -> every(s, Whitespace::is));
        all.put("isascii", (r, s, a) -> s.chars().allMatch(c -> c < 0x80));
        all.put("isprintable", (r, s, a) -> s.codePoints().allMatch(Texts::isPrintable));
        all.put("islower", (r, s, a) -> isCase(s, Character::isLowerCase));
        all.put("isupper", (r, s, a) -> isCase(s, Character::isUpperCase));
        all.put("isidentifier", (r, s, a) -> isIdentifier(s));
        return Map.copyOf(all);
    }

    /** A string argument. */
    static String text(@Nullable Object argument) {
        if (argument != null && Types.isString(argument)) {
            return Texts.str(argument);
        }
        throw new TemplateError(
                "expected a string argument, not " + (argument == null ? "none" : Types.name(argument)));
    }

    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return titleCase(text.codePointAt(0)) + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static String titleCase(int codePoint) {
        int title = Character.toTitleCase(codePoint);
        return title == codePoint
                ? Character.toString(codePoint).toUpperCase(Locale.ROOT).length() == Character.charCount(codePoint)
                        ? Character.toString(title)
                        : capitalizeExpanded(codePoint)
                : Character.toString(title);
    }

    /** A letter such as ß, whose upper case is several: only the first stays upper. */
    private static String capitalizeExpanded(int codePoint) {
        String upper = Character.toString(codePoint).toUpperCase(Locale.ROOT);
        return upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            boolean cased = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
            out.append(inWord ? Character.toString(c).toLowerCase(Locale.ROOT) : titleCase(c));
            inWord = cased;
        }
        return out.toString();
    }

    private static String swapCase(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            out.append(
                    Character.isUpperCase(c)
                            ? one.toLowerCase(Locale.ROOT)
                            : Character.isLowerCase(c) ? one.toUpperCase(Locale.ROOT) : one);
        });
        return out.toString();
    }

    private static String strip(String text, Arguments arguments, boolean left, boolean right) {
        Object characters = arguments.bind("strip", "chars?")[0];
        return strip(text, characters, left, right);
    }

    /** @param characters null or None for whitespace */
    static String strip(String text, @Nullable Object characters, boolean left, boolean right) {
        IntPredicate goes;
        if (characters == null || characters == None.NONE) {
            goes = Whitespace::is;
        } else {
            String set = text(characters);
            goes = c -> set.indexOf(c) >= 0;
        }
        int start = 0;
        int end = text.length();
        while (left && start < end && goes.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && goes.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    private static Object affix(String text, Arguments arguments, boolean start) {
        @Nullable Object[] bound = arguments.bind(start ? "startswith" : "endswith", "affix", "start?", "end?");
        Object part = bound[1] == null ? text : Sequences.slice(text, bound[1], bound[2], null);
        List<?> affixes = bound[0] instanceof Tuple tuple ? tuple : List.of(text(bound[0]));
        for (Object affix : affixes) {
            String whole = Texts.str(part);
            if (start ? whole.startsWith(text(affix)) : whole.endsWith(text(affix))) {
                return true;
            }
        }
        return false;
    }

    static String join(Render render, String separator, Object iterable) {
        List<String> parts = new ArrayList<>();
        for (Object item : Sequences.list(render, iterable)) {
            parts.add(text(item));
        }
        return joined(render, separator, parts);
    }

    static String joined(Render render, String separator, List<String> parts) {
        long length = (long) separator.length() * Math.max(0, parts.size() - 1);
        for (String part : parts) {
            length += part.length();
        }
        render.charge(length);
        return String.join(separator, parts);
    }

    private static long find(String text, Arguments arguments, String function, boolean first) {
        @Nullable Object[] bound = arguments.bind(function, "sub", "start?", "end?");
        String sub = text(bound[0]);
        int length = Texts.length(text);
        long start = bound[1] == null || bound[1] == None.NONE ? 0 : Numbers.integer(bound[1]);
        start = Math.max(0, start < 0 ? start + length : start);
        String part = Texts.str(Sequences.slice(text, start, bound[2], null));
        int at = first ? part.indexOf(sub) : part.lastIndexOf(sub);
        return at < 0 || start > length ? -1 : start + part.codePointCount(0, at);
    }

    private static Object found(long at) {
        if (at < 0) {
            throw new TemplateError("substring not found");
        }
        return at;
    }

    private static long count(String text, String sub) {
        if (sub.isEmpty()) {
            return Texts.length(text) + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(sub); at >= 0; at = text.indexOf(sub, at + sub.length())) {
            count++;
        }
        return count;
    }

    private static String pad(Render render, String text, Arguments arguments, String function) {
        @Nullable Object[] bound = arguments.bind(function, "width", "fillchar?");
        String fill = bound[1] == null ? " " : text(bound[1]);
        if (Texts.length(fill) != 1) {
            throw new TemplateError("The fill character must be exactly one character long");
        }
        long width = Numbers.integer(Objects.requireNonNull(bound[0]));
        render.charge(Math.max(0, width));
        int missing = (int) Math.max(0, width - Texts.length(text));
        int left = switch (function) {
            case "center" -> missing / 2 + (missing & (int) width & 1);
            case "rjust" -> missing;
            default -> 0;
        };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    private static String zeroFill(Render render, String text, Arguments arguments) {
        long width = Numbers.integer(Objects.requireNonNull(arguments.bind("zfill", "width")[0]));
        render.charge(Math.max(0, width));
        int missing = (int) Math.max(0, width - Texts.length(text));
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }

    private static boolean every(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    static boolean isCase(String text, IntPredicate wanted) {
        boolean any = false;
        for (int c : text.codePoints().toArray()) {
            if (Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c)) {
                if (!wanted.test(c)) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && (text.charAt(0) == '_' || Character.isUnicodeIdentifierStart(text.codePointAt(0)))
                && text.codePoints().allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c));
    }
}
