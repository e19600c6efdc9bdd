package org.tunebench.core.text;

/** Java text against the code points that tokenizers count in. */
final class Utf16 {
    private static final int[] SAME = new int[0];

    private Utf16() {}

    /** The text with each unpaired surrogate replaced by U+FFFD, so that it can be written as UTF-8; same length. */
    static String wellFormed(String text) {
        char[] repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            repaired = repaired == null ? text.toCharArray() : repaired;
            repaired[i] = '\uFFFD';
        }
        return repaired == null ? text : new String(repaired);
    }

    @SuppressWarnings("ReferenceEquality") // the same object comes back
    static boolean isWellFormed(String text) {
        return wellFormed(text) == text;
    }

    /**
     * The UTF-16 index of every code point and of the end, {@code (code points + 1)}; empty where the two counts are the
     * same throughout.
     */
    static int[] indexOfCodePoints(String text) {
        int codePoints = text.codePointCount(0, text.length());
        if (codePoints == text.length()) {
            return SAME;
        }
        int[] index = new int[codePoints + 1];
        int at = 0;
        for (int i = 0; i < codePoints; i++) {
            index[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        index[codePoints] = at;
        return index;
    }
}
