package org.tunebench.eval.instruction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions that mean in Java what they mean in Python's {@code re}. */
final class PythonPattern {
    /** A character of a word: letters, numbers, underscore; unlike Java's, no combining marks. */
    static final String WORD = "[\\p{L}\\p{N}_]";

    private static final String NO_WORD = "[^\\p{L}\\p{N}_]";
    private static final String EDGE = "(?:(?<=" + WORD + ")(?!" + WORD + ")|(?<!" + WORD + ")(?=" + WORD + "))";
    private static final String SPACE = "[\\s\\x1c-\\x1f\\x85\\p{Z}]";

    private PythonPattern() {}

    /** Lines end at line feeds only; classes and cases are those of Unicode. */
    static Pattern compile(String expression, int... flags) {
        int all = Pattern.UNIX_LINES | Pattern.UNICODE_CASE;
        for (int flag : flags) {
            all |= flag;
        }
        String own = expression
                .replace("\\w", WORD)
                .replace("\\W", NO_WORD)
                .replace("\\b", EDGE)
                .replace("\\s", SPACE);
        return Pattern.compile(own, all);
    }

    /** {@code len(re.findall(pattern, text))}. */
    static int count(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
