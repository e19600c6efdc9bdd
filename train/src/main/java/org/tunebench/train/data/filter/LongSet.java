package org.tunebench.train.data.filter;

/** A growing set of random-looking longs in one array: open addressing, at most half full. */
final class LongSet {
    private long[] slots = new long[1 << 10];
    private boolean hasZero;
    private int size;

    /** Whether it was not there yet. */
    boolean add(long value) {
        if (value == 0) {
            boolean added = !hasZero;
            hasZero = true;
            return added;
        }
        if (2 * size >= slots.length) {
            grow();
        }
        if (!put(slots, value)) {
            return false;
        }
        size++;
        return true;
    }

    private void grow() {
        long[] more = new long[2 * slots.length];
        for (long value : slots) {
            if (value != 0) {
                put(more, value);
            }
        }
        slots = more;
    }

    private static boolean put(long[] slots, long value) {
        int at = (int) value & slots.length - 1;
        while (slots[at] != 0) {
            if (slots[at] == value) {
                return false;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = value;
        return true;
    }
}
