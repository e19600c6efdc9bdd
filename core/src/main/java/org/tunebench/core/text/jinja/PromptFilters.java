package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What PromptSource (Bach et al. 2022, arXiv:2202.01279) adds to jinja2 for its templates: the filters {@code choice},
 * {@code most_frequent}, {@code highlight} and the function {@code zip}; and jinja2's own {@code random}, which chat
 * templates do without.
 */
final class PromptFilters {
    static final Map<String, Filter> FILTERS = filters();
    static final Map<String, Function> FUNCTIONS = Map.of("zip", PromptFilters::zip);

    private PromptFilters() {}

    private static Map<String, Filter> filters() {
        Map<String, Filter> all = new TreeMap<>(Filters.ALL);
        all.put("choice", (r, v, a) -> chosen(r, v));
        all.put("random", (r, v, a) -> chosen(r, v));
        all.put("most_frequent", (r, v, a) -> mostFrequent(r, v));
        all.put("highlight", (r, v, a) -> "<span style='color: #F08080'>" + Texts.str(v) + "</span>");
        return Map.copyOf(all);
    }

    private static Object chosen(Render render, Object value) {
        List<Object> items = Sequences.list(render, value);
        return items.isEmpty()
                ? new Undefined("No random item, sequence was empty.")
                : items.get(render.choose(items.size()));
    }

    /** Every item that occurs as often as the most frequent one, in the order in which they first occur. */
    private static Object mostFrequent(Render render, Object value) {
        Map<Object, Integer> counts = new LinkedHashMap<>();
        Map<Object, Object> items = new LinkedHashMap<>();
        for (Object item : Sequences.list(render, value)) {
            Object key = Sequences.key(item);
            counts.merge(key, 1, Integer::sum);
            items.putIfAbsent(key, item);
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<Object> found = new ArrayList<>();
        counts.forEach((key, count) -> {
            if (count == most) {
                found.add(Objects.requireNonNull(items.get(key)));
            }
        });
        return found;
    }

    private static Object zip(Render render, Arguments arguments) {
        List<Iterator<Object>> columns = new ArrayList<>();
        arguments.positional().forEach(column -> columns.add(Sequences.iterator(column)));
        List<Object> rows = new ArrayList<>();
        while (!columns.isEmpty() && columns.stream().allMatch(Iterator::hasNext)) {
            render.step();
            List<Object> row = new ArrayList<>();
            columns.forEach(column -> row.add(column.next()));
            rows.add(new Tuple(row));
        }
        return rows;
    }
}
