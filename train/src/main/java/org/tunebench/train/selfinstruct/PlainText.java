package org.tunebench.train.selfinstruct;

import java.util.Locale;
import java.util.regex.Pattern;

/** Text as Python's {@code str} and {@code re} see it, which the published rules are written in. */
final class PlainText {
    /** {@code \s}. */
    static final String SPACE = "[\\s\\x1c-\\x1f]";

    private static final Pattern SPACES = pattern(SPACE + "+");

    private PlainText() {}

    /** A pattern whose classes and word boundaries are Unicode's. */
    static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
    }

    /** {@code text.strip()}. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** {@code re.sub(r"\s+", " ", text)}. */
    static String oneLine(String text) {
        return SPACES.matcher(text).replaceAll(" ");
    }

    /** {@code len(text.split())}. */
    static int words(String text) {
        String stripped = strip(text);
        return stripped.isEmpty() ? 0 : SPACES.split(stripped, -1).length;
    }

    /** {@code text.capitalize()}: the first letter large, all others small. */
    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        return title(text.substring(0, end)) + text.substring(end).toLowerCase(Locale.ROOT);
    }

    /** A letter in title case; some become several: ß is Ss. */
    private static String title(String letter) {
        String upper = letter.toUpperCase(Locale.ROOT);
        return upper.length() > letter.length()
                ? upper.substring(0, 1) + upper.substring(1).toLowerCase(Locale.ROOT)
                : Character.toString(Character.toTitleCase(letter.codePointAt(0)));
    }
}
