package org.tunebench.reports.lineage;

import java.util.List;

/**
 * An item of a suite whose near training examples are looked for.
 *
 * @param item its number in the explorer
 * @param words by which they are looked for, normalised
 */
public record TracedItem(String suite, int item, List<String> words) {
    public TracedItem {
        words = List.copyOf(words);
    }
}
