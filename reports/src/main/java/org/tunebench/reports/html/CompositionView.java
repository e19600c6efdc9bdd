package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.tunebench.core.record.DataComposition.Kind;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Composition;
import org.tunebench.reports.comparison.Composition.Share;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.leaderboard.Figures;

/**
 * What the steps of each recipe were made of: sources, categories, tasks and templates beside each other.
 *
 * @param columns recipes that say so; empty where none does
 */
record CompositionView(List<String> columns, List<Part> parts) {
    /** Parts of a kind that are shown; of more of them the smallest are put together. */
    private static final int MOST = 12;

    /** @param title of the kind */
    record Part(String title, List<Line> lines) {}

    /** @param cells one a recipe */
    record Line(String name, List<Cell> cells) {}

    /**
     * @param share in per cent; empty where the recipe has none of it
     * @param amount different examples, how often each was drawn on average, supervised tokens
     */
    record Cell(String share, String amount) {}

    static CompositionView of(Experiment experiment) {
        Map<String, Composition> byRecipe = new LinkedHashMap<>();
        for (Candidate candidate : experiment.candidates()) {
            Composition composition = Composition.of(candidate);
            if (!composition.shares().isEmpty()) {
                byRecipe.put(candidate.name(), composition);
            }
        }
        List<Part> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Line> lines =
                    lines(byRecipe.values().stream().map(c -> c.of(kind)).toList());
            if (!lines.isEmpty()) {
                parts.add(new Part(title(kind), lines));
            }
        }
        return new CompositionView(List.copyOf(byRecipe.keySet()), parts);
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case SOURCE -> "Source";
            case CATEGORY -> "Category";
            case TASK -> "Task";
            case TEMPLATE -> "Template";
        };
    }

    /** @param recipes the parts of one kind, recipe by recipe */
    private static List<Line> lines(List<List<Share>> recipes) {
        Map<String, Double> largest = new TreeMap<>();
        recipes.forEach(shares -> shares.forEach(share -> largest.merge(share.name(), share.share(), Math::max)));
        List<String> names = largest.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
        int shown = names.size() > MOST ? MOST - 1 : names.size();
        List<Line> lines = new ArrayList<>();
        for (String name : names.subList(0, shown)) {
            lines.add(line(name.isEmpty() ? "none" : name, List.of(name), recipes));
        }
        if (shown < names.size()) {
            List<String> rest = names.subList(shown, names.size());
            lines.add(line(rest.size() + " others", rest, recipes));
        }
        return lines;
    }

    private static Line line(String title, List<String> names, List<List<Share>> recipes) {
        return new Line(
                title,
                recipes.stream()
                        .map(shares -> cell(shares.stream()
                                .filter(share -> names.contains(share.name()))
                                .toList()))
                        .toList());
    }

    private static Cell cell(List<Share> shares) {
        if (shares.isEmpty()) {
            return new Cell("", "");
        }
        double share = shares.stream().mapToDouble(Share::share).sum();
        double draws = shares.stream().mapToDouble(Share::draws).sum();
        double examples = shares.stream().mapToDouble(Share::examples).sum();
        double tokens = shares.stream().mapToDouble(Share::supervisedTokens).sum();
        return new Cell(
                String.format(Locale.ROOT, "%.1f %%", 100 * share),
                String.format(Locale.ROOT, "%s × %.1f, %s", count(examples), draws / examples, count(tokens)));
    }

    private static String count(double n) {
        return Figures.count(OptionalDouble.of(n));
    }
}
