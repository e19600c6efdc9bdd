package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.record.DataComposition.Kind;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Composition;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.comparison.PathEnds;

/**
 * The recipes of an experiment as the page shows them: lists of plain values as one setting, paths by their ends, without
 * names and seeds. Where a recipe draws from several sources or categories, {@code seen.source.NAME} and
 * {@code seen.category.NAME} say what came of it, in per cent of the supervised tokens.
 *
 * @param byRecipe candidate → setting → value
 */
record RecipeSettings(Map<String, Map<String, String>> byRecipe) {

    static RecipeSettings of(Experiment experiment) {
        Map<String, Map<String, String>> byRecipe = new LinkedHashMap<>();
        for (Candidate candidate : experiment.candidates()) {
            if (!candidate.recipe().isEmpty()) {
                Map<String, String> settings = joined(candidate.recipe());
                settings.remove("name");
                byRecipe.put(candidate.name(), settings);
            }
        }
        for (Kind kind : List.of(Kind.SOURCE, Kind.CATEGORY)) {
            addSeen(kind, experiment, byRecipe);
        }
        RecipeSettings settings = new RecipeSettings(byRecipe);
        settings.shortenPaths();
        return settings;
    }

    private static void addSeen(Kind kind, Experiment experiment, Map<String, Map<String, String>> byRecipe) {
        Map<String, List<Composition.Share>> shares = new LinkedHashMap<>();
        experiment
                .candidates()
                .forEach(candidate ->
                        shares.put(candidate.name(), Composition.of(candidate).of(kind)));
        if (shares.values().stream().anyMatch(parts -> parts.size() > 1)) {
            byRecipe.forEach((recipe, settings) -> shares.getOrDefault(recipe, List.of())
                    .forEach(part -> settings.put(
                            "seen." + kind.name().toLowerCase(Locale.ROOT) + "."
                                    + (part.name().isEmpty() ? "none" : part.name()),
                            Math.round(100 * part.share()) + " %")));
        }
    }

    /** Every setting that any of them has, sorted by part and then by name. */
    List<String> keys() {
        Map<String, RecipePart> parts = new TreeMap<>();
        byRecipe.values().forEach(settings -> settings.keySet().forEach(key -> parts.put(key, RecipePart.of(key))));
        return parts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One value a recipe; empty where it does not have the setting. */
    List<String> values(String key) {
        return byRecipe.values().stream()
                .map(settings -> settings.getOrDefault(key, ""))
                .toList();
    }

    private void shortenPaths() {
        for (String key : keys()) {
            if (key.endsWith("path") || key.equals("base")) {
                List<String> ends = PathEnds.of(values(key));
                int recipe = 0;
                for (Map<String, String> settings : byRecipe.values()) {
                    String end = ends.get(recipe++);
                    settings.computeIfPresent(key, (k, whole) -> end);
                }
            }
        }
    }

    /** A list of plain values, {@code targets[0]}, {@code targets[1]}, as one setting. */
    private static Map<String, String> joined(Map<String, String> recipe) {
        Map<String, String> joined = new TreeMap<>();
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < recipe.size(); i++) {
            String index = "[" + i + "]";
            recipe.forEach((key, value) -> {
                if (key.endsWith(index)) {
                    joined.merge(key.substring(0, key.length() - index.length()), value, (a, b) -> a + ", " + b);
                    plain.add(key);
                }
            });
        }
        recipe.forEach((key, value) -> {
            if (!plain.contains(key)) {
                joined.put(key, value);
            }
        });
        return joined;
    }
}
