package org.tunebench.train.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.tunebench.train.data.example.Origin;

/** What became of the examples that were not simply taken, in little room. */
final class Fates {
    static final String TRUNCATED = "truncated";
    static final String SPLIT = "split";

    private final List<String> names = new ArrayList<>();
    private final IndexList ordinals = new IndexList();
    private final IndexList sources = new IndexList();
    private final IndexList kinds = new IndexList();

    void add(int ordinal, Origin origin, Fate fate) {
        if (fate.dropped() != null) {
            add(ordinal, origin.source(), fate.dropped());
        }
        if (fate.truncated()) {
            add(ordinal, origin.source(), TRUNCATED);
        }
        if (fate.split()) {
            add(ordinal, origin.source(), SPLIT);
        }
    }

    private void add(int ordinal, int source, String kind) {
        if (!names.contains(kind)) {
            names.add(kind);
        }
        ordinals.add(ordinal);
        sources.add(source);
        kinds.add(names.indexOf(kind));
    }

    /** Source → kind → number of examples, of those whose ordinal is in a set. */
    SortedMap<Integer, SortedMap<String, Integer>> counts(IntPredicate ordinal) {
        SortedMap<Integer, SortedMap<String, Integer>> counts = new TreeMap<>();
        for (int i = 0; i < ordinals.size(); i++) {
            if (ordinal.test(ordinals.get(i))) {
                counts.computeIfAbsent(sources.get(i), source -> new TreeMap<>())
                        .merge(names.get(kinds.get(i)), 1, Integer::sum);
            }
        }
        return counts;
    }
}
