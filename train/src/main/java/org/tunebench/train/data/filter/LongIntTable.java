package org.tunebench.train.data.filter;

import java.util.Arrays;

/** 64-bit keys → non-negative numbers, by open addressing: 12 bytes a slot, at most two thirds of them taken. */
final class LongIntTable {
    static final int NONE = -1;

    private long[] keys = new long[1 << 10];
    private int[] values = filled(1 << 10);
    private int size;

    /** The number under a key, or {@link #NONE}. */
    int get(long key) {
        return values[slot(key)];
    }

    /** Puts a number under a key. @return the one before, or {@link #NONE} */
    int put(long key, int value) {
        int slot = slot(key);
        int before = values[slot];
        keys[slot] = key;
        values[slot] = value;
        if (before == NONE && ++size * 3L > keys.length * 2L) {
            grow();
        }
        return before;
    }

    int size() {
        return size;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = (key ^ (key >>> 32)) * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (values[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = filled(oldKeys.length * 2);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != NONE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int[] filled(int length) {
        int[] values = new int[length];
        Arrays.fill(values, NONE);
        return values;
    }
}
