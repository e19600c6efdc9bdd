package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.SeededRandom;

/**
 * Which examples an epoch sees, in which order. An entry with weight w gives each example ⌊w⌋ times and the rest drawn
 * without replacement; an entry with a share then gives as many tokens as make its share of the epoch's tokens, drawn
 * without replacement until every example has been taken, and then again. All are shuffled together. Only the seed and
 * the epoch's number decide.
 */
final class EpochOrder {
    private static final long DRAW = 3;
    private static final long SHUFFLE = 4;

    private final List<DataSource> sources;
    private final List<TokenizedExample> examples;
    private final int[][] bySource;
    private final long seed;

    EpochOrder(List<DataSource> sources, List<TokenizedExample> examples, long seed) {
        this.sources = sources;
        this.examples = examples;
        this.seed = seed;
        List<List<Integer>> lists = new ArrayList<>();
        sources.forEach(s -> lists.add(new ArrayList<>()));
        for (int i = 0; i < examples.size(); i++) {
            lists.get(examples.get(i).source()).add(i);
        }
        this.bySource = lists.stream()
                .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Indices of the epoch's examples. */
    int[] of(int epoch) {
        IndexList drawn = new IndexList();
        double shares = 0;
        for (int s = 0; s < sources.size(); s++) {
            Double share = sources.get(s).share();
            if (share == null) {
                drawByWeight(s, epoch, drawn);
            } else {
                shares += share;
            }
        }
        double epochTokens = tokens(drawn) / (1 - shares);
        for (int s = 0; s < sources.size(); s++) {
            Double share = sources.get(s).share();
            if (share != null) {
                drawTokens(s, epoch, share * epochTokens, drawn);
            }
        }
        int[] order = drawn.toArray();
        SeededRandom.of(seed, SHUFFLE, epoch).shuffle(order);
        return order;
    }

    private void drawByWeight(int source, int epoch, IndexList drawn) {
        int[] own = bySource[source];
        double weight = sources.get(source).weight();
        int whole = (int) Math.floor(weight);
        for (int copy = 0; copy < whole; copy++) {
            drawn.addAll(own);
        }
        int rest = (int) Math.round((weight - whole) * own.length);
        int[] order = SeededRandom.of(seed, DRAW, epoch, source).permutation(own.length);
        for (int i = 0; i < rest; i++) {
            drawn.add(own[order[i]]);
        }
    }

    private void drawTokens(int source, int epoch, double wanted, IndexList drawn) {
        int[] own = bySource[source];
        SeededRandom random = SeededRandom.of(seed, DRAW, epoch, source);
        double taken = 0;
        while (own.length > 0 && taken < wanted) {
            for (int i : random.permutation(own.length)) {
                int length = examples.get(own[i]).length();
                if (taken + length / 2.0 > wanted) {
                    return;
                }
                drawn.add(own[i]);
                taken += length;
            }
        }
    }

    private long tokens(IndexList drawn) {
        return Arrays.stream(drawn.toArray())
                .mapToLong(i -> examples.get(i).length())
                .sum();
    }

    /** A growing list of ints. */
    private static final class IndexList {
        private int[] values = new int[64];
        private int size;

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

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
