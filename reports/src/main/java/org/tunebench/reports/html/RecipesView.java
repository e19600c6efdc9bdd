package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Experiment;

/**
 * The recipes side by side: the settings in which they differ, and those that all share.
 *
 * @param shared setting → value
 */
record RecipesView(List<String> columns, List<Line> differing, Map<String, String> shared) {

    /** @param values one a recipe; empty where it does not have the setting */
    record Line(String key, List<Value> values) {}

    /** @param unusual whether fewer than half of the recipes have this value */
    record Value(String text, boolean unusual) {}

    static RecipesView of(Experiment experiment) {
        List<Candidate> tuned = experiment.candidates().stream()
                .filter(c -> !c.recipe().isEmpty())
                .toList();
        TreeSet<String> keys = new TreeSet<>();
        tuned.forEach(c -> keys.addAll(c.recipe().keySet()));
        List<Line> differing = new ArrayList<>();
        Map<String, String> shared = new TreeMap<>();
        for (String key : keys) {
            List<String> values =
                    tuned.stream().map(c -> c.recipe().getOrDefault(key, "")).toList();
            if (new HashSet<>(values).size() > 1) {
                differing.add(
                        new Line(key, values.stream().map(v -> value(v, values)).toList()));
            } else {
                shared.put(key, values.get(0));
            }
        }
        return new RecipesView(tuned.stream().map(Candidate::name).toList(), differing, shared);
    }

    private static Value value(String value, List<String> all) {
        long same = all.stream().filter(value::equals).count();
        return new Value(value, 2 * same < all.size());
    }
}
