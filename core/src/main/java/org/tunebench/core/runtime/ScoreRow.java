package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Subtrees laid out as one sequence, each node before those below it. A token sees the tokens before it whose subtree it is
 * in: token {@code k} is seen by the tokens from {@code k} to before {@code ends[k]}.
 */
final class ScoreRow {
    /** Wanted log-probabilities of the sequence's tokens; the offset counts from its start. */
    final List<PrefixTree.Want> wanted = new ArrayList<>();

    private int length;
    private int[] ids = new int[64];
    private int[] positions = new int[64];
    private int[] ends = new int[64];

    /**
     * Subtrees as rows, the longest first.
     *
     * @param most tokens of a row; a larger subtree is a row of its own
     */
    static List<ScoreRow> of(List<PrefixTree.Node> subtrees, int most) {
        List<ScoreRow> rows = new ArrayList<>();
        subtrees.stream()
                .sorted(Comparator.comparingInt(PrefixTree.Node::size).reversed())
                .forEach(tree -> rows.stream()
                        .filter(row -> row.length + tree.size() <= most)
                        .findFirst()
                        .orElseGet(() -> {
                            rows.add(new ScoreRow());
                            return rows.get(rows.size() - 1);
                        })
                        .append(tree));
        rows.sort(Comparator.comparingInt(ScoreRow::length).reversed());
        return rows;
    }

    /** One node as a row, without what is below it. */
    static ScoreRow ofTokens(PrefixTree.Node node) {
        ScoreRow row = new ScoreRow();
        row.append(PrefixTree.Node.of(node.depth(), node.tokens(), node.wanted(), List.of()));
        return row;
    }

    int length() {
        return length;
    }

    private void append(PrefixTree.Node node) {
        int start = length;
        int end = start + node.tokens().length;
        if (end > ids.length) {
            int capacity = Math.max(end, 2 * ids.length);
            ids = Arrays.copyOf(ids, capacity);
            positions = Arrays.copyOf(positions, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        for (int i = start; i < end; i++) {
            ids[i] = node.tokens()[i - start];
            positions[i] = node.depth() + i - start;
        }
        length = end;
        node.wanted().forEach(w -> wanted.add(new PrefixTree.Want(start + w.offset(), w.request(), w.index())));
        node.children().forEach(this::append);
        Arrays.fill(ends, start, end, length);
    }

    /**
     * Writes the row into the arrays of a batch.
     *
     * @param row its number in the batch
     * @param time tokens of a row of the batch, [batch, time]
     * @param past tokens before the row, which all of it sees: ends are [batch, past + time] and count them too
     */
    void writeTo(long[] batchIds, long[] batchPositions, long[] batchEnds, int row, int time, int past) {
        int keys = row * (past + time);
        Arrays.fill(batchEnds, keys, keys + past, Long.MAX_VALUE);
        for (int i = 0; i < length; i++) {
            batchIds[row * time + i] = ids[i];
            batchPositions[row * time + i] = positions[i];
            batchEnds[keys + past + i] = (long) past + ends[i];
        }
    }
}
