package org.tunebench.train.batch;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** A growing list of ints. */
final class IndexList {
    private int[] values = new int[64];
    private int size;

    static IndexList[] several(int count) {
        IndexList[] lists = new IndexList[count];
        Arrays.setAll(lists, i -> new IndexList());
        return lists;
    }

    static int[][] arrays(IndexList[] lists) {
        return Arrays.stream(lists).map(IndexList::toArray).toArray(int[][]::new);
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    void addAll(int[] more) {
        for (int value : more) {
            add(value);
        }
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    /** The sum of a function of the values. */
    long sum(IntUnaryOperator of) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += of.applyAsInt(values[i]);
        }
        return sum;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
