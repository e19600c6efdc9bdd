package org.tunebench.eval.engine;

/**
 * Whitespace as Python's {@code str.isspace} sees it: unlike Java's, with the no-break spaces and U+0085. The reference
 * implementations strip prompts with it, and a stripped prompt is another prompt.
 */
public final class Whitespace {
    private Whitespace() {}

    public static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85;
    }

    /** The text without whitespace at either end. */
    public static String strip(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start, Math.max(start, endOfText(text)));
    }

    /** Index after the last character that is not whitespace; 0 where there is none. */
    public static int endOfText(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** {@code len(re.split(r"\s+", text))}: one more than the number of whitespace runs, at either end too. */
    public static int countWords(String text) {
        int words = 1;
        boolean inSpace = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = isSpace(text.charAt(i));
            if (space && !inSpace) {
                words++;
            }
            inSpace = space;
        }
        return words;
    }
}
