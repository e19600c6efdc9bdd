package org.tunebench.reports.lineage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Texts as the hashes of their words, ascending, a word as often as it occurs: words in the manner of core's Words, without making them. */
final class Terms {
    private static final int[] ASCII =
            IntStream.range(0, 128).map(Terms::letter).toArray();

    private int[] hashes = new int[256];
    private int size;

    private Terms() {}

    /** The words of some texts together. */
    static int[] of(@Nullable String... texts) {
        Terms terms = new Terms();
        for (String text : texts) {
            if (text != null) {
                terms.add(text);
            }
        }
        return terms.sorted();
    }

    static int[] of(List<String> words) {
        Terms terms = new Terms();
        words.forEach(terms::add);
        return terms.sorted();
    }

    private void add(String text) {
        int hash = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int letter = c < ASCII.length ? ASCII[c] : letter(c);
            if (letter != 0) {
                hash = 31 * hash + letter;
                inside = true;
            } else if (inside) {
                add(hash);
                hash = 0;
                inside = false;
            }
        }
        if (inside) {
            add(hash);
        }
    }

    /** In lower case; 0 for what is in no word. */
    private static int letter(int c) {
        return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK
                ? Character.toLowerCase(c)
                : 0;
    }

    private void add(int hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        hashes[size++] = hash * 0x9E3779B9;
    }

    private int[] sorted() {
        int[] sorted = Arrays.copyOf(hashes, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
