package org.tunebench.reports.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/** One suite's items in the order in which they are first met. */
record SuiteItems(String suite, SuiteMetric metric, List<Run> runs, List<Item> items) {

    /** Reads as many runs at once as there are processors. */
    static SuiteItems read(String suite, SuiteMetric metric, List<Run> all) {
        List<Run> runs = all.stream()
                .filter(run -> run.samples().suites().contains(suite))
                .toList();
        Map<String, Item> items = new LinkedHashMap<>();
        int atOnce = Runtime.getRuntime().availableProcessors();
        for (int from = 0; from < runs.size(); from += atOnce) {
            List<Run> some = runs.subList(from, Math.min(runs.size(), from + atOnce));
            List<List<SampleRecord>> read =
                    some.parallelStream().map(run -> samples(run, suite)).toList();
            for (int i = 0; i < read.size(); i++) {
                for (SampleRecord sample : read.get(i)) {
                    Item item = items.computeIfAbsent(sample.id(), id -> Item.of(sample, runs.size()));
                    item.answers()[from + i] = Answer.of(sample, metric, item);
                }
            }
        }
        return new SuiteItems(suite, metric, runs, new ArrayList<>(items.values()));
    }

    private static List<SampleRecord> samples(Run run, String suite) {
        try (Stream<SampleRecord> samples = run.samples().of(suite)) {
            return samples.toList();
        }
    }
}
