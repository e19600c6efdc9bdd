package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The recipes side by side: the settings in which they differ, by part, and those that all share.
 *
 * @param shared setting → value
 */
record RecipesView(List<String> columns, List<Line> differing, Map<String, String> shared) {

    /**
     * @param part where the setting belongs; empty where the line above it belongs there too
     * @param values one a recipe; empty where it does not have the setting
     */
    record Line(String part, String key, String anchor, List<Value> values) {}

    /** @param unusual whether fewer than half of the recipes have this value */
    record Value(String text, boolean unusual) {}

    static RecipesView of(RecipeSettings settings) {
        List<Line> differing = new ArrayList<>();
        Map<String, String> shared = new TreeMap<>();
        String partAbove = "";
        for (String key : settings.keys()) {
            List<String> values = settings.values(key);
            if (new HashSet<>(values).size() == 1) {
                shared.put(key, values.get(0));
                continue;
            }
            String part = RecipePart.of(key).title();
            differing.add(new Line(
                    part.equals(partAbove) ? "" : part,
                    key,
                    Anchor.of("setting", key),
                    values.stream().map(value -> value(value, values)).toList()));
            partAbove = part;
        }
        return new RecipesView(List.copyOf(settings.byRecipe().keySet()), differing, shared);
    }

    private static Value value(String value, List<String> all) {
        long same = all.stream().filter(value::equals).count();
        return new Value(value, 2 * same < all.size());
    }
}
