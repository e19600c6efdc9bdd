package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Orders of n models for blocks, n blocks a square: over a square each model stands once in each place, and over a square
 * (over two where n is odd, the second one backwards) each follows each other equally often (Williams 1949,
 * doi:10.1071/CH9490149).
 */
final class WilliamsSquare {
    private WilliamsSquare() {}

    /**
     * The models of one of several blocks, counted from 0. Any number of blocks keeps places even to one, and so do those
     * of several raters together where each one's {@code start} is the last one's and its blocks: only an unfinished last
     * square is uneven, and that is never a backward one.
     */
    static List<Integer> order(int models, int start, int block, int blocks) {
        List<Integer> order = new ArrayList<>();
        for (int place = 0; place < models; place++) {
            // 0, 1, n-1, 2, n-2, …: neighbours differ by each distance once
            int first = place % 2 == 1 ? (place + 1) / 2 : (models - place / 2) % models;
            order.add((first + start + block) % models);
        }
        boolean backwards = (blocks / models - block / models) % 2 == 1;
        if (models % 2 == 1 && backwards) {
            Collections.reverse(order);
        }
        return order;
    }
}
