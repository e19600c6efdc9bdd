package org.tunebench.train.batch;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Fills rows with whole examples by best fit: each example, in the epoch's order, goes to the row that it leaves the least
 * room in, of several to the one that has had that room for longest; a new row is opened where none has room.
 */
final class Packer {
    private static final int NONE = -1;

    private final int rowLength;
    /** For each room the rows that have it, oldest first: a list linked through {@link #next}. */
    private final int[] first;

    private final int[] last;
    private final BitSet rooms;
    private int[] next = new int[64];
    private int rows;

    private Packer(int rowLength) {
        this.rowLength = rowLength;
        this.first = new int[rowLength + 1];
        this.last = new int[rowLength + 1];
        this.rooms = new BitSet(rowLength + 1);
        Arrays.fill(first, NONE);
    }

    /** The rows, in the order in which they were opened. */
    static Rows pack(int[] order, TokenizedExamples examples, int rowLength) {
        Packer packer = new Packer(rowLength);
        int[] rowOf = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            rowOf[i] = packer.rowFor(examples.length(order[i]));
        }
        int[] starts = new int[packer.rows + 1];
        for (int row : rowOf) {
            starts[row + 1]++;
        }
        for (int row = 0; row < packer.rows; row++) {
            starts[row + 1] += starts[row];
        }
        int[] filled = Arrays.copyOf(starts, packer.rows);
        int[] packed = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            packed[filled[rowOf[i]]++] = order[i];
        }
        return new Rows(packed, starts);
    }

    private int rowFor(int length) {
        int room = rooms.nextSetBit(length);
        int row;
        if (room < 0) {
            room = rowLength;
            row = rows++;
            if (row == next.length) {
                next = Arrays.copyOf(next, 2 * row);
            }
        } else {
            row = first[room];
            first[room] = next[row];
            rooms.set(room, first[room] != NONE);
        }
        if (room > length) {
            append(row, room - length);
        }
        return row;
    }

    private void append(int row, int room) {
        next[row] = NONE;
        if (first[room] == NONE) {
            first[room] = row;
            rooms.set(room);
        } else {
            next[last[room]] = row;
        }
        last[room] = row;
    }
}
