package org.tunebench.train.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fills rows with whole examples by best fit: each example, in the epoch's order, goes to the row that it leaves the least
 * room in, the oldest of several; a new row is opened where none has room.
 */
final class Packer {
    private Packer() {}

    static List<List<Integer>> pack(int[] order, List<TokenizedExample> examples, int rowLength) {
        List<List<Integer>> rows = new ArrayList<>();
        TreeMap<Integer, Deque<List<Integer>>> byRoom = new TreeMap<>();
        for (int index : order) {
            int length = examples.get(index).length();
            Map.Entry<Integer, Deque<List<Integer>>> fitting = byRoom.ceilingEntry(length);
            int room = rowLength;
            List<Integer> row;
            if (fitting == null) {
                row = new ArrayList<>();
                rows.add(row);
            } else {
                room = fitting.getKey();
                row = fitting.getValue().removeFirst();
                if (fitting.getValue().isEmpty()) {
                    byRoom.remove(room);
                }
            }
            row.add(index);
            if (room > length) {
                byRoom.computeIfAbsent(room - length, r -> new ArrayDeque<>()).addLast(row);
            }
        }
        return rows;
    }
}
