package org.tunebench.core.runtime;

import java.util.List;

/** Texts that end a row, wherever the borders of tokens lie. */
record StopStrings(List<String> texts) {
    private static final char REPLACEMENT = '\uFFFD';

    /** Where the first of them begins, or -1. */
    int firstIn(String text) {
        return texts.stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);
    }

    /** A text up to the first of them. */
    String cut(String text) {
        int end = firstIn(text);
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * How many chars of an unfinished text without a stop string will stay, whatever follows: not the bytes of half a
     * character, which are decoded as U+FFFD, and not what may be the start of a stop string.
     */
    int settled(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == REPLACEMENT) {
            end--;
        }
        int held = 0;
        for (String stop : texts) {
            held = Math.max(held, overlap(text, end, stop));
        }
        return end - held;
    }

    /** The longest end of {@code text[0, end)} that a stop string begins with, without being all of it. */
    private static int overlap(String text, int end, String stop) {
        int length = Math.min(stop.length() - 1, end);
        while (length > 0 && !text.startsWith(stop.substring(0, length), end - length)) {
            length--;
        }
        return length;
    }
}
