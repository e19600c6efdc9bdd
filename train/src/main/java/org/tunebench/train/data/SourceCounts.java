package org.tunebench.train.data;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the records of one source: {@code read = kept + sum of dropped}.
 *
 * @param dropped reason → number of records
 */
public record SourceCounts(String source, int read, SortedMap<String, Integer> dropped, int kept) {
    public SourceCounts {
        dropped = new TreeMap<>(dropped);
    }

    /** For example {@code alpaca.json: 2000 read, 1850 kept, 150 dropped (words 130, exact_duplicates 20)}. */
    @Override
    public String toString() {
        String reasons = dropped.entrySet().stream()
                .map((Map.Entry<String, Integer> e) -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
        return source + ": " + read + " read, " + kept + " kept, " + (read - kept) + " dropped"
                + (reasons.isEmpty() ? "" : " (" + reasons + ")");
    }
}
