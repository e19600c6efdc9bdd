package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Examples parted into those to train on and those to evaluate on. Of each source the same share is held out, drawn by
 * seed; one example at least stays to train on.
 *
 * @param training in their order
 * @param heldOut in their order
 */
public record HeldOut(List<Example> training, List<Example> heldOut) {
    private static final long HELD_OUT = 5;

    public HeldOut {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /** Parts examples; with few of them a small share may be none. @param share of each source, rounded */
    public static HeldOut of(List<Example> examples, double share, long seed) {
        Map<Integer, List<Integer>> bySource = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            int source = examples.get(i).origin().source();
            bySource.computeIfAbsent(source, s -> new ArrayList<>()).add(i);
        }
        boolean[] out = new boolean[examples.size()];
        bySource.forEach((source, indices) -> {
            int wanted = (int) Math.min(indices.size() - 1, Math.round(share * indices.size()));
            int[] order = SeededRandom.of(seed, HELD_OUT, source).permutation(indices.size());
            for (int i = 0; i < wanted; i++) {
                out[indices.get(order[i])] = true;
            }
        });
        List<Example> training = new ArrayList<>();
        List<Example> heldOut = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
            (out[i] ? heldOut : training).add(examples.get(i));
        }
        return new HeldOut(training, heldOut);
    }

    /** Source → number of examples held out of it. */
    public SortedMap<Integer, Integer> counts() {
        Map<Integer, Integer> counts = new HashMap<>();
        heldOut.forEach(e -> counts.merge(e.origin().source(), 1, Integer::sum));
        return new TreeMap<>(counts);
    }
}
