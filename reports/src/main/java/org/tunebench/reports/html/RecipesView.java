package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Experiment;

/**
 * The recipes side by side: the settings in which they differ, and those that all share.
 *
 * @param shared setting → value
 */
record RecipesView(List<String> columns, List<Line> differing, Map<String, String> shared) {

    private static final String NAME = "name";

    /** @param values one a recipe; empty where it does not have the setting */
    record Line(String key, List<Value> values) {}

    /**
     * @param text of a path, the end that tells it from the others
     * @param full the value as written
     * @param unusual whether fewer than half of the recipes have this value
     */
    record Value(String text, String full, boolean unusual) {}

    static RecipesView of(Experiment experiment) {
        List<Candidate> tuned = experiment.candidates().stream()
                .filter(c -> !c.recipe().isEmpty())
                .toList();
        List<Map<String, String>> recipes =
                tuned.stream().map(c -> joined(c.recipe())).toList();
        TreeSet<String> keys = new TreeSet<>();
        recipes.forEach(recipe -> keys.addAll(recipe.keySet()));
        keys.remove(NAME);
        List<Line> differing = new ArrayList<>();
        Map<String, String> shared = new TreeMap<>();
        for (String key : keys) {
            List<String> values =
                    recipes.stream().map(recipe -> recipe.getOrDefault(key, "")).toList();
            if (new HashSet<>(values).size() > 1) {
                List<String> shown = key.endsWith("path") ? endings(values) : values;
                differing.add(new Line(
                        key,
                        IntStream.range(0, values.size())
                                .mapToObj(i -> value(shown.get(i), values.get(i), values))
                                .toList()));
            } else {
                shared.put(key, values.get(0));
            }
        }
        return new RecipesView(tuned.stream().map(Candidate::name).toList(), differing, shared);
    }

    private static Value value(String shown, String value, List<String> all) {
        long same = all.stream().filter(value::equals).count();
        return new Value(shown, value, 2 * same < all.size());
    }

    /** A list of plain values, {@code targets[0]}, {@code targets[1]}, as one setting. */
    private static Map<String, String> joined(Map<String, String> recipe) {
        Map<String, String> joined = new TreeMap<>();
        for (int i = 0; i < recipe.size(); i++) {
            String index = "[" + i + "]";
            recipe.forEach((key, value) -> {
                if (key.endsWith(index)) {
                    joined.merge(key.substring(0, key.length() - index.length()), value, (a, b) -> a + ", " + b);
                }
            });
        }
        recipe.forEach((key, value) -> {
            if (!key.endsWith("]")) {
                joined.put(key, value);
            }
        });
        return joined;
    }

    /** Paths without the folders at their start, as far as different ones stay different. */
    private static List<String> endings(List<String> paths) {
        long different = paths.stream().distinct().count();
        for (int parts = 1; ; parts++) {
            int kept = parts;
            List<String> endings =
                    paths.stream().map(path -> ending(path, kept)).toList();
            if (endings.equals(paths) || endings.stream().distinct().count() == different) {
                return endings;
            }
        }
    }

    private static String ending(String path, int parts) {
        int from = path.length();
        for (int i = 0; i < parts && from >= 0; i++) {
            from = path.lastIndexOf('/', from - 1);
        }
        return path.substring(from + 1);
    }
}
