package org.tunebench.train.batch;

import java.util.Arrays;
import org.tunebench.train.data.example.Example;

/** Tokens and their marks, growing. */
final class TokenRow {
    private int[] ids;
    private boolean[] supervised;
    private int size;

    TokenRow(int capacity) {
        ids = new int[capacity];
        supervised = new boolean[capacity];
    }

    void add(int id, boolean isSupervised) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size + 1);
            supervised = Arrays.copyOf(supervised, 2 * size + 1);
        }
        ids[size] = id;
        supervised[size++] = isSupervised;
    }

    int size() {
        return size;
    }

    /** The last id, −1 before the first. */
    int last() {
        return size == 0 ? -1 : ids[size - 1];
    }

    TokenizedExample example(Example of, TextStart text) {
        return new TokenizedExample(of.origin(), Arrays.copyOf(ids, size), Arrays.copyOf(supervised, size), text);
    }
}
