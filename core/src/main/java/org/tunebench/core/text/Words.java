package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Texts as words. */
public final class Words {
    private Words() {}

    /** Runs of characters that are not white space. */
    public static int count(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (!space && !inside) {
                words++;
            }
            inside = !space;
        }
        return words;
    }

    /** Runs of letters and digits, in lower case: punctuation and spacing make no difference between texts. */
    public static List<String> normalised(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); ) {
            int c = lower.codePointAt(i);
            boolean inside = Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(lower.substring(start, i));
                start = -1;
            }
            i += Character.charCount(c);
        }
        if (start >= 0) {
            words.add(lower.substring(start));
        }
        return words;
    }
}
