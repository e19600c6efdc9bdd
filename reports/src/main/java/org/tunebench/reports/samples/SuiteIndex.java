package org.tunebench.reports.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/**
 * What the explorer needs to list and filter a suite's items without unpacking them.
 *
 * @param lower whether a lower score is better
 * @param group one an item, an index; -1 for none
 * @param hint one an item: the end of its prompt
 * @param scores one list a run, one number an item, to 4 decimals; null where there is none
 * @param flagged flag → one list a run of the items that have it
 * @param size items of a block
 */
record SuiteIndex(
        String suite,
        String metric,
        boolean lower,
        List<String> runs,
        List<String> groups,
        List<String> ids,
        List<Integer> group,
        List<String> hint,
        List<List<@Nullable Double>> scores,
        Map<String, List<List<Integer>>> flagged,
        int size) {
    private static final int HINT = 100;

    static SuiteIndex of(SuiteItems suite) {
        List<Item> items = suite.items();
        List<String> groups = groups(items);
        return new SuiteIndex(
                suite.suite(),
                name(suite.metric()),
                suite.metric().lowerIsBetter(),
                suite.runs().stream().map(Run::name).toList(),
                groups,
                items.stream().map(Item::id).toList(),
                items.stream().map(item -> groups.indexOf(item.group())).toList(),
                items.stream().map(SuiteIndex::hint).toList(),
                scores(suite),
                flagged(suite),
                Block.SIZE);
    }

    /** The unit of the scores below it: of documents, nats a token and not the perplexity of all. */
    private static String name(SuiteMetric metric) {
        return metric.lowerIsBetter() ? metric.scale().unit() : metric.name();
    }

    private static List<String> groups(List<Item> items) {
        Set<String> groups = new TreeSet<>();
        items.forEach(item -> groups.add(item.group()));
        groups.remove("");
        return List.copyOf(groups);
    }

    private static String hint(Item item) {
        String prompt = item.prompt() == null ? "" : item.prompt();
        String end = prompt.substring(Math.max(0, prompt.length() - 3 * HINT))
                .replaceAll("\\s+", " ")
                .strip();
        int from = Math.max(0, end.length() - HINT);
        return end.substring(from > 0 && Character.isLowSurrogate(end.charAt(from)) ? from + 1 : from);
    }

    private static List<List<@Nullable Double>> scores(SuiteItems suite) {
        List<List<@Nullable Double>> scores = new ArrayList<>();
        for (int run = 0; run < suite.runs().size(); run++) {
            List<@Nullable Double> of = new ArrayList<>();
            for (Item item : suite.items()) {
                Answer answer = item.answers()[run];
                of.add(answer == null || answer.score() == null ? null : Math.round(answer.score() * 1e4) / 1e4);
            }
            scores.add(of);
        }
        return scores;
    }

    private static Map<String, List<List<Integer>>> flagged(SuiteItems suite) {
        Set<String> names = new LinkedHashSet<>();
        suite.items().forEach(item -> {
            for (Answer answer : item.answers()) {
                names.addAll(answer == null ? List.of() : answer.flags());
            }
        });
        Map<String, List<List<Integer>>> flagged = new LinkedHashMap<>();
        for (String name : names) {
            List<List<Integer>> runs = new ArrayList<>();
            for (int run = 0; run < suite.runs().size(); run++) {
                List<Integer> of = new ArrayList<>();
                for (int i = 0; i < suite.items().size(); i++) {
                    Answer answer = suite.items().get(i).answers()[run];
                    if (answer != null && answer.flags().contains(name)) {
                        of.add(i);
                    }
                }
                runs.add(of);
            }
            flagged.put(name, runs);
        }
        return flagged;
    }
}
