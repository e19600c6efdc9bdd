package org.tunebench.reports.lineage;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SeenRecord;
import org.tunebench.reports.run.Run;

/**
 * A run with the training examples near some items.
 *
 * @param data the number of its training examples: runs of the same number were trained on the same, and have the same near
 * @param near one list an item, the nearest first
 * @param seen line of train/examples.jsonl → the steps that saw it, ascending; of examples that are near only
 */
public record TracedRun(String name, int data, List<List<Near>> near, Map<Integer, Seen> seen) {
    /** Steps that are named. */
    private static final int NAMED = 6;

    /**
     * When an example was seen.
     *
     * @param times how often
     * @param steps the first few, from 1
     */
    public record Seen(int times, List<Integer> steps) {}

    /** Whether a run says what it was trained on. */
    public static boolean isTraceable(Run run) {
        if (run.origin().harness() || run.record().status() != RunRecord.Status.DONE) {
            return false;
        }
        RunFolder folder = RunFolder.open(run.origin().path());
        return Files.exists(folder.examplesFile()) && Files.exists(folder.seenFile());
    }

    static Map<Integer, Seen> seen(RunFolder folder, List<List<Near>> near) {
        BitSet wanted = new BitSet();
        near.forEach(item -> item.forEach(one -> wanted.set(one.line())));
        Map<Integer, Integer> times = new HashMap<>();
        Map<Integer, List<Integer>> steps = new HashMap<>();
        try (Stream<SeenRecord> all = folder.seen()) {
            all.forEach(record -> record.examples().stream().filter(wanted::get).forEach(line -> {
                times.merge(line, 1, Integer::sum);
                List<Integer> named = steps.computeIfAbsent(line, l -> new ArrayList<>());
                if (named.size() < NAMED) {
                    named.add(record.step());
                }
            }));
        }
        Map<Integer, Seen> seen = new HashMap<>();
        times.forEach((line, n) -> seen.put(line, new Seen(n, steps.getOrDefault(line, List.of()))));
        return seen;
    }

    static RunFolder folder(Run run) {
        return RunFolder.open(run.origin().path());
    }
}
