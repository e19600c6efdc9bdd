package org.tunebench.reports.comparison;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.Samples;
import org.tunebench.reports.run.SuiteMetric;

/** One candidate's scores on one suite, item by item; with several seeds, each item's mean over them. */
record ItemScores(Map<String, Item> items) {

    /**
     * @param group as in the sample; empty where it has none
     * @param score in the unit of differences
     */
    record Item(String group, double score) {}

    static ItemScores read(Candidate candidate, String suite, SuiteMetric metric) {
        Map<String, Item> mean = null;
        int runs = 0;
        for (Run run : candidate.runsOn(suite)) {
            Map<String, Item> items = read(run, suite, metric);
            runs++;
            mean = mean == null ? items : added(mean, items, runs);
        }
        return new ItemScores(mean == null ? Map.of() : mean);
    }

    /** The running mean over runs, on the items that all of them answered. */
    private static Map<String, Item> added(Map<String, Item> mean, Map<String, Item> items, int runs) {
        Map<String, Item> next = new LinkedHashMap<>();
        mean.forEach((id, before) -> {
            Item item = items.get(id);
            if (item != null) {
                next.put(id, new Item(before.group(), before.score() + (item.score() - before.score()) / runs));
            }
        });
        return next;
    }

    private static Map<String, Item> read(Run run, String suite, SuiteMetric metric) {
        Map<String, Item> items = new LinkedHashMap<>();
        try (Stream<Samples.Scored> samples = run.samples().scored(suite)) {
            samples.forEach(sample -> {
                if (sample.id() == null || sample.scores() == null) {
                    throw new InputException(
                            "a sample without id or scores", run.samples().where(suite), "Score the suite again");
                }
                OptionalDouble score = metric.itemScore(sample.scores());
                if (score.isPresent()
                        && items.put(
                                        sample.id(),
                                        new Item(Objects.requireNonNullElse(sample.group(), ""), score.getAsDouble()))
                                != null) {
                    throw new InputException(
                            "sample id '" + sample.id() + "' stands twice",
                            run.samples().where(suite),
                            "Score the suite again into an empty folder");
                }
            });
        }
        return items;
    }
}
