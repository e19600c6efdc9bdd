package org.tunebench.reports.html;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.lineage.Lineage;
import org.tunebench.reports.lineage.Near;
import org.tunebench.reports.lineage.TracedItem;
import org.tunebench.reports.lineage.TracedRun;
import org.tunebench.reports.samples.ExplorerData;
import org.tunebench.reports.samples.Packed;

/**
 * The training examples near items, for the explorer. Keys and rows are short because there may be thousands.
 *
 * @param of items of the report
 * @param traced items that examples were looked for
 * @param runs run → the number of its data
 * @param seen run → line of its examples → how often it was seen, and the first few steps
 * @param examples by number
 * @param near data → suite → item → flat triples of an example's number, its line, and its cosine in hundredths
 */
record LineageIsland(
        int of,
        int traced,
        Map<String, Integer> runs,
        Map<String, Map<Integer, List<Integer>>> seen,
        List<Shown> examples,
        List<Map<String, Map<Integer, List<Integer>>>> near) {
    /** What it may take of a page that is to be sent by mail, packed. */
    private static final int MOST_BYTES = 2_000_000;

    /**
     * @param c category
     * @param i template
     * @param s scores
     * @param q prompt
     * @param a response
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Shown(
            String id,
            @Nullable String task,
            @Nullable String c,
            @Nullable String i,
            Map<String, Double> s,
            @Nullable String q,
            @Nullable String a) {
        static Shown of(ExampleRecord example) {
            return new Shown(
                    example.id(),
                    example.task(),
                    example.category(),
                    example.template(),
                    example.scores(),
                    example.prompt(),
                    example.response());
        }
    }

    /** Packed; with half as many items as long as it takes too much. Empty where no run says what it was trained on. */
    static Optional<String> of(Experiment experiment, ExplorerData samples) {
        if (samples.traced().isEmpty()) {
            return Optional.empty();
        }
        Lineage lineage = Lineage.of(experiment.runs(), samples.traced());
        while (true) {
            String packed = Packed.of(of(lineage, samples.items()));
            if (packed.length() <= MOST_BYTES) {
                return Optional.of(packed);
            }
            lineage = lineage.limitedTo(lineage.items().size() / 2);
        }
    }

    private static LineageIsland of(Lineage lineage, int items) {
        Island island = new Island();
        for (int i = 0; i < lineage.items().size(); i++) {
            island.add(lineage.items().get(i), i, lineage.runs());
        }
        return island.done(items, lineage.runs());
    }

    /** One in the making. */
    private static final class Island {
        private final Map<Shown, Integer> examples = new LinkedHashMap<>();
        private final List<Map<String, Map<Integer, List<Integer>>>> near = new ArrayList<>();
        private final Map<String, Map<Integer, List<Integer>>> seen = new LinkedHashMap<>();
        private int items;

        void add(TracedItem item, int number, List<TracedRun> runs) {
            items++;
            for (TracedRun run : runs) {
                List<Near> found = run.near().get(number);
                while (near.size() <= run.data()) {
                    near.add(new LinkedHashMap<>());
                }
                near.get(run.data())
                        .computeIfAbsent(item.suite(), s -> new LinkedHashMap<>())
                        .computeIfAbsent(item.item(), i -> triples(found));
                Map<Integer, List<Integer>> steps = seen.computeIfAbsent(run.name(), r -> new LinkedHashMap<>());
                found.forEach(one -> steps.computeIfAbsent(one.line(), line -> steps(run, line)));
            }
        }

        LineageIsland done(int of, List<TracedRun> runs) {
            Map<String, Integer> data = new LinkedHashMap<>();
            runs.forEach(run -> data.put(run.name(), run.data()));
            return new LineageIsland(of, items, data, seen, List.copyOf(examples.keySet()), near);
        }

        private List<Integer> triples(List<Near> found) {
            List<Integer> triples = new ArrayList<>();
            for (Near one : found) {
                Shown shown = Shown.of(one.example());
                Integer known = examples.get(shown);
                int number = known == null ? examples.size() : known;
                examples.putIfAbsent(shown, number);
                triples.addAll(List.of(number, one.line(), (int) Math.round(100 * one.cosine())));
            }
            return triples;
        }

        private static List<Integer> steps(TracedRun run, int line) {
            TracedRun.Seen when = run.seen().get(line);
            List<Integer> steps = new ArrayList<>();
            steps.add(when == null ? 0 : when.times());
            steps.addAll(when == null ? List.of() : when.steps());
            return steps;
        }
    }
}
