package org.tunebench.reports.comparison;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The scores of two candidates on the items that both answered, in the same order.
 *
 * @param onlyBaseline items that only the first answered
 * @param onlyCandidate items that only the second answered
 */
record CommonItems(double[] baseline, double[] candidate, int onlyBaseline, int onlyCandidate) {

    /** Group → its common items, and under the empty name those of the whole suite; groups are the first one's. */
    static Map<String, CommonItems> byGroup(ItemScores baseline, ItemScores candidate) {
        Map<String, Gathered> gathered = new TreeMap<>();
        Gathered whole = new Gathered();
        gathered.put("", whole);
        baseline.items().forEach((id, item) -> {
            ItemScores.Item other = candidate.items().get(id);
            whole.add(item, other);
            if (!item.group().isEmpty()) {
                gathered.computeIfAbsent(item.group(), group -> new Gathered()).add(item, other);
            }
        });
        candidate.items().forEach((id, item) -> {
            if (!baseline.items().containsKey(id)) {
                whole.onlyCandidate++;
                if (!item.group().isEmpty()) {
                    gathered.computeIfAbsent(item.group(), group -> new Gathered()).onlyCandidate++;
                }
            }
        });
        Map<String, CommonItems> common = new TreeMap<>();
        gathered.forEach((group, items) -> common.put(group, items.common()));
        return common;
    }

    private static final class Gathered {
        private final DoubleStream.Builder baseline = DoubleStream.builder();
        private final DoubleStream.Builder candidate = DoubleStream.builder();
        private int onlyBaseline;
        private int onlyCandidate;

        private void add(ItemScores.Item item, ItemScores.@Nullable Item other) {
            if (other == null) {
                onlyBaseline++;
            } else {
                baseline.add(item.score());
                candidate.add(other.score());
            }
        }

        private CommonItems common() {
            return new CommonItems(
                    baseline.build().toArray(), candidate.build().toArray(), onlyBaseline, onlyCandidate);
        }
    }
}
