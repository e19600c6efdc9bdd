package org.tunebench.train.data;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tunebench.train.data.file.BadRecord;

/**
 * What became of the records of one source. A record gives one example, but for message trees and tasks with several
 * instances: {@code examples = kept + sum of dropped}, and without those {@code read = bad + examples}.
 *
 * @param format the name of its format; several joined by {@code +} in a folder of several
 * @param read records, bad ones among them
 * @param bad records that could not be used
 * @param badRecords the first thousand of them
 * @param dropped reason → number of examples
 */
public record SourceCounts(
        String source,
        String format,
        int read,
        int bad,
        List<BadRecord> badRecords,
        SortedMap<String, Integer> dropped,
        int kept) {
    /** The reason under which bad records are counted beside the dropped examples. */
    public static final String BAD_RECORD = "bad_record";

    public SourceCounts {
        badRecords = List.copyOf(badRecords);
        dropped = new TreeMap<>(dropped);
    }

    /** Examples that the records gave. */
    public int examples() {
        return kept + dropped.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** For example {@code alpaca.json: 2000 read, 1850 kept, 150 dropped (words 130, exact_duplicates 20)}. */
    @Override
    public String toString() {
        SortedMap<String, Integer> lost = new TreeMap<>(dropped);
        if (bad > 0) {
            lost.put(BAD_RECORD, bad);
        }
        String reasons = lost.entrySet().stream()
                .map((Map.Entry<String, Integer> e) -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
        int examples = examples();
        return source + ": " + read + " read, " + (examples == read - bad ? "" : examples + " examples, ") + kept
                + " kept, " + (examples - kept + bad) + " dropped" + (reasons.isEmpty() ? "" : " (" + reasons + ")");
    }
}
