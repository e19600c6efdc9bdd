package org.tunebench.reports.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.Sha256;
import org.tunebench.reports.run.Run;

/**
 * The training examples near some items, in every run that says what it was trained on.
 *
 * @param items that they were looked for
 */
public record Lineage(List<TracedItem> items, List<TracedRun> runs) {
    /** Examples that are found at most, over all runs with different ones. */
    private static final int MOST_FOUND = 60_000;

    /**
     * Looks for them. Runs with the same examples are searched once. The more different ones there are, the fewer items they
     * are looked for: of each suite the first ones.
     */
    public static Lineage of(List<Run> runs, List<TracedItem> items) {
        List<Run> traceable = runs.stream().filter(TracedRun::isTraceable).toList();
        List<String> hashes = traceable.parallelStream()
                .map(run -> Sha256.of(TracedRun.folder(run).examplesFile()))
                .toList();
        Map<String, Run> distinct = new LinkedHashMap<>();
        for (int i = 0; i < hashes.size(); i++) {
            distinct.putIfAbsent(hashes.get(i), traceable.get(i));
        }
        int most = MOST_FOUND / NearestExamples.MOST / Math.max(1, distinct.size());
        List<TracedItem> some = firstOfEachSuite(items, most);
        List<List<List<Near>>> found = distinct.values().parallelStream()
                .map(run -> NearestExamples.of(TracedRun.folder(run), some))
                .toList();
        List<String> keys = List.copyOf(distinct.keySet());
        List<TracedRun> traced = new ArrayList<>();
        for (int i = 0; i < traceable.size(); i++) {
            Run run = traceable.get(i);
            int data = keys.indexOf(hashes.get(i));
            List<List<Near>> near = found.get(data);
            traced.add(new TracedRun(run.name(), data, near, TracedRun.seen(TracedRun.folder(run), near)));
        }
        return new Lineage(some, traced);
    }

    /** The same with fewer items: of each suite the first ones. */
    public Lineage limitedTo(int most) {
        List<TracedItem> some = firstOfEachSuite(items, most);
        List<Integer> kept = some.stream().map(items::indexOf).toList();
        return new Lineage(
                some,
                runs.stream()
                        .map(run -> new TracedRun(
                                run.name(),
                                run.data(),
                                kept.stream().map(run.near()::get).toList(),
                                run.seen()))
                        .toList());
    }

    private static List<TracedItem> firstOfEachSuite(List<TracedItem> items, int most) {
        long suites = items.stream().map(TracedItem::suite).distinct().count();
        long each = Math.max(1, most / Math.max(1, suites));
        Map<String, Long> taken = new HashMap<>();
        return items.stream()
                .filter(item -> taken.merge(item.suite(), 1L, Long::sum) <= each)
                .toList();
    }
}
