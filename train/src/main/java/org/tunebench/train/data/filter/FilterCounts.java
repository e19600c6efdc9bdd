package org.tunebench.train.data.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.train.data.example.Example;

/** Counts what filters drop, and keeps the first few that each drops. */
public final class FilterCounts {
    private final Map<String, FilterTally> tallies = new LinkedHashMap<>();

    /** @param filters in the recipe's order: each is named, though it drop nothing */
    public FilterCounts(List<ExampleFilter> filters) {
        filters.forEach(f -> tallies.put(f.reason(), new FilterTally()));
    }

    /**
     * Counts an example that was dropped.
     *
     * @param reason the filter's name, or what else it was dropped for
     * @param objection what the filter said
     */
    public void dropped(Example example, String reason, String objection) {
        tallies.computeIfAbsent(reason, r -> new FilterTally()).add(example, objection);
    }

    /** What each filter has dropped so far, in the recipe's order. */
    public List<FilterCount> counts() {
        List<FilterCount> counts = new ArrayList<>();
        tallies.forEach((name, tally) -> counts.add(new FilterCount(name, tally.dropped(), tally.samples())));
        return counts;
    }
}
