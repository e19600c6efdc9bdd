package org.tunebench.train.data.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of texts so far, and which of them resembles another: locality-sensitive hashing (Indyk and Motwani 1998).
 * A signature is cut into bands of {@code rows} minima; texts with an equal band are compared by the whole signature. A pair
 * of similarity s shares a band with a probability of 1 − (1 − s^rows)^bands.
 *
 * <p>Of each text it keeps 8 bits a minimum and about 25 bytes a band. Of the texts of one band it compares the newest 256
 * only: data written by few templates would else be compared each with each.
 */
final class SimilarTexts {
    private static final int COMPARED = 256;
    private static final double CHANCE = 1.0 / 256;

    private final int rows;
    private final int bands;
    private final double threshold;
    private final LongIntTable newest = new LongIntTable();
    private int[] before = new int[1 << 12];
    private byte[] @Nullable [] signatures = new byte[1 << 8][];
    private int size;

    SimilarTexts(int functions, double threshold) {
        this.rows = rowsFor(functions, threshold);
        this.bands = functions / rows;
        this.threshold = threshold;
    }

    /** The most rows with which a pair exactly at the threshold is found with a probability of 0.98 at least. */
    static int rowsFor(int functions, double threshold) {
        int rows = 1;
        while (rows < functions && found(functions, rows + 1, threshold) >= 0.98) {
            rows++;
        }
        return rows;
    }

    private static double found(int functions, int rows, double similarity) {
        return 1 - Math.pow(1 - Math.pow(similarity, rows), Math.floorDiv(functions, rows));
    }

    /** The number of a text that resembles this one, counted in the order of {@link #add} from 0; −1 where none does. */
    int find(int[] signature) {
        byte[] sought = lowBits(signature);
        for (int band = 0; band < bands; band++) {
            int entry = newest.get(key(signature, band));
            for (int i = 0; i < COMPARED && entry != LongIntTable.NONE; i++) {
                int text = entry / bands;
                if (similarity(sought, text) >= threshold) {
                    return text;
                }
                entry = before[entry];
            }
        }
        return -1;
    }

    /** Keeps a text. */
    void add(int[] signature) {
        if (size == signatures.length) {
            signatures = Arrays.copyOf(signatures, size * 2);
        }
        if ((size + 1) * bands > before.length) {
            before = Arrays.copyOf(before, before.length * 2);
        }
        signatures[size] = lowBits(signature);
        for (int band = 0; band < bands; band++) {
            int entry = size * bands + band;
            before[entry] = newest.put(key(signature, band), entry);
        }
        size++;
    }

    /** The share of equal minima, less the share of equal low bits that chance brings. */
    private double similarity(byte[] sought, int text) {
        byte[] other = signatures[text];
        if (other == null) {
            throw new IllegalStateException("no text " + text);
        }
        int equal = 0;
        for (int k = 0; k < sought.length; k++) {
            equal += sought[k] == other[k] ? 1 : 0;
        }
        double share = (double) equal / sought.length;
        return (share - CHANCE) / (1 - CHANCE);
    }

    private long key(int[] signature, int band) {
        long key = band;
        for (int k = band * rows; k < (band + 1) * rows; k++) {
            key = (key ^ signature[k]) * 0xFF51AFD7ED558CCDL;
            key ^= key >>> 32;
        }
        return key;
    }

    private static byte[] lowBits(int[] signature) {
        byte[] bits = new byte[signature.length];
        for (int k = 0; k < bits.length; k++) {
            bits[k] = (byte) signature[k];
        }
        return bits;
    }
}
