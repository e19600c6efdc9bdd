package org.tunebench.train.data;

import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tunebench.train.data.draw.SeededRandom;

/**
 * Which of a recipe's examples are held out to evaluate on. Of each source the same share is, drawn by seed; one example at
 * least stays to train on.
 *
 * @param ordinals the examples' numbers in the dataset, counted from 0 over all sources
 * @param counts source → number of examples held out of it; sources without are absent
 */
public record HeldOut(BitSet ordinals, SortedMap<Integer, Integer> counts) {
    private static final long HELD_OUT = 5;

    /** With few examples a small share may be none. @param share of each source, rounded */
    public static HeldOut of(List<SourceCounts> sources, double share, long seed) {
        BitSet ordinals = new BitSet();
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        int first = 0;
        for (int source = 0; source < sources.size(); source++) {
            int examples = sources.get(source).kept();
            int wanted = (int) Math.min(examples - 1, Math.round(share * examples));
            int[] order = SeededRandom.of(seed, HELD_OUT, source).permutation(examples);
            for (int i = 0; i < wanted; i++) {
                ordinals.set(first + order[i]);
            }
            if (wanted > 0) {
                counts.put(source, wanted);
            }
            first += examples;
        }
        return new HeldOut(ordinals, counts);
    }
}
