package org.tunebench.train.data.filter;

import java.util.Arrays;
import org.tunebench.core.text.Words;
import org.tunebench.train.data.draw.SeededRandom;

/**
 * Signatures of sets: for each of {@code k} hash functions the smallest hash of any element. Two sets have the same minimum
 * with a probability of their Jaccard similarity |A∩B| / |A∪B| (Broder 1997, "On the resemblance and containment of
 * documents"), so that the share of equal minima estimates it with a standard error of √(J(1−J)/k).
 */
final class MinHash {
    private final long[] factors;
    private final long[] offsets;

    MinHash(int functions, long seed) {
        SeededRandom random = SeededRandom.of(seed);
        factors = new long[functions];
        offsets = new long[functions];
        for (int k = 0; k < functions; k++) {
            factors[k] = random.nextLong() | 1;
            offsets[k] = random.nextLong();
        }
    }

    /**
     * The signature of a text's character n-grams: its normalised words, parted by single spaces, n code units at a time; a
     * shorter text is one element.
     *
     * @return (functions) minima, of 32 bits each
     */
    int[] signature(String text, int n) {
        String normal = String.join(" ", Words.normalised(text));
        long[] minima = new long[factors.length];
        Arrays.fill(minima, Long.MAX_VALUE);
        int last = Math.max(0, normal.length() - n);
        for (int i = 0; i <= last; i++) {
            include(hash(normal, i, Math.min(normal.length(), i + n)), minima);
        }
        int[] signature = new int[minima.length];
        for (int k = 0; k < signature.length; k++) {
            signature[k] = (int) minima[k];
        }
        return signature;
    }

    private void include(long element, long[] minima) {
        for (int k = 0; k < minima.length; k++) {
            minima[k] = Math.min(minima[k], (element * factors[k] + offsets[k]) >>> 32);
        }
    }

    private static long hash(String text, int from, int to) {
        long hash = 0xCBF29CE484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        return hash ^ (hash >>> 33);
    }
}
