package org.tunebench.core.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of about equal length, padded on the right to the first one's: no mask is needed, since no token looks at a later one. */
final class ScoreBatch {
    /** What is asked, in the order of the picks. */
    final List<PrefixTree.Want> wanted = new ArrayList<>();

    /** For each of them its place among the rows that go through the output projection. */
    final int[] rowOfWant;

    private final List<ScoreRow> rows;
    private final int time;

    /** Never empty: where nothing is asked, as of a past, the first. */
    private final long[] projected;

    ScoreBatch(List<ScoreRow> rows) {
        this.rows = rows;
        this.time = rows.get(0).length();
        Map<Integer, Integer> order = new LinkedHashMap<>();
        List<Integer> places = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            for (PrefixTree.Want want : rows.get(r).wanted) {
                wanted.add(want);
                places.add(order.computeIfAbsent(r * time + want.offset(), k -> order.size()));
            }
        }
        rowOfWant = places.stream().mapToInt(Integer::intValue).toArray();
        projected = order.isEmpty()
                ? new long[1]
                : order.keySet().stream().mapToLong(Integer::longValue).toArray();
    }

    /** The inputs of a run after a past. */
    Session.Feeds feeds(Past past, ScoreAnswers answers, int vocabulary) {
        int batch = rows.size();
        int span = past.length() + time;
        long[] ids = new long[batch * time];
        long[] positions = new long[batch * time];
        long[] ends = new long[batch * span];
        for (int r = 0; r < batch; r++) {
            rows.get(r).writeTo(ids, positions, ends, r, time, past.length());
        }
        long[] picks = new long[wanted.size()];
        for (int i = 0; i < picks.length; i++) {
            picks[i] = (long) rowOfWant[i] * vocabulary + answers.target(wanted.get(i));
        }
        Session.Feeds feeds = new Session.Feeds()
                .longs("ids", ids, batch, time)
                .longs("positions", positions, batch, time)
                .longs("ends", ends, batch, span)
                .longs("rows", projected, projected.length)
                .longs("picks", picks, picks.length);
        past.lendTo(feeds);
        return feeds;
    }
}
