package org.tunebench.reports.html;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.leaderboard.VisibleText;

/** Writes the report of finished runs. */
public final class Report {
    private Report() {}

    /**
     * Reads run folders and writes the page, and beside it leaderboard.csv, leaderboard.md and comparison.json.
     *
     * @return what was written, the page first
     * @throws org.tunebench.core.input.InputException where a folder holds no whole run, or none has results; nothing is
     *     written then
     */
    public static List<Path> write(List<Path> runFolders, Path outHtml) {
        return write(runFolders, outHtml, new Presentation(Presentation.TITLE, null));
    }

    /**
     * What a report shows besides its runs.
     *
     * @param title the page's heading
     * @param ratings a ratings.json of human ratings, or absent
     */
    public record Presentation(String title, @Nullable Path ratings) {
        /** The heading of a report that nobody named. */
        public static final String TITLE = "Comparison of tuning recipes";
    }

    /** As {@link #write(List, Path)}, with a title and human ratings. */
    public static List<Path> write(List<Path> runFolders, Path outHtml, Presentation presentation) {
        Experiment experiment = Experiment.read(runFolders);
        Comparison comparison = Comparison.of(experiment);
        Leaderboard leaderboard = Leaderboard.of(experiment, comparison);
        Map<String, Object> view = view(experiment, comparison, leaderboard);
        view.put("title", presentation.title());
        if (presentation.ratings() != null) {
            view.put("ratings", RatingsView.read(presentation.ratings()));
        }
        Map<String, Object> model = visible(view);
        List<CurvesIsland> curves = CurvesIsland.of(experiment.candidates());
        model.put("has_curves", !curves.isEmpty());
        model.put(
                "has_held_out", curves.stream().anyMatch(c -> !c.heldOutSteps().isEmpty()));
        model.put("curves", Island.of(curves));
        model.put(
                "samples", SampleIsland.of(experiment).stream().map(Island::of).toList());
        AtomicFiles.write(outHtml, temporary -> {
            try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                Page.write(model, out);
            }
        });
        Path csv = outHtml.resolveSibling("leaderboard.csv");
        Path markdown = outHtml.resolveSibling("leaderboard.md");
        Path json = outHtml.resolveSibling("comparison.json");
        AtomicFiles.write(csv, leaderboard.toCsv());
        AtomicFiles.write(markdown, leaderboard.toMarkdown());
        AtomicFiles.writeJson(json, comparison.toJson());
        return List.of(outHtml, csv, markdown, json);
    }

    private static Map<String, Object> view(Experiment experiment, Comparison comparison, Leaderboard leaderboard) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("header", HeaderView.of(experiment));
        view.put("leaderboard", LeaderboardView.of(leaderboard));
        view.put("findings", FindingsView.of(experiment, comparison, leaderboard));
        view.put("comparison", ComparisonView.of(experiment, comparison, leaderboard));
        view.put("forgetting", ForgettingView.of(experiment, comparison));
        view.put("suites", SuitesView.of(experiment));
        view.put("recipes", RecipesView.of(experiment));
        view.put(
                "provenance", experiment.runs().stream().map(ProvenanceView::of).toList());
        List<String> notes = new ArrayList<>(experiment.notes());
        notes.addAll(comparison.notes());
        view.put("notes", notes);
        return view;
    }

    /** The views as maps and lists in which every text is visible, which is all that the templates see. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> visible(Map<String, Object> view) {
        Map<String, Object> plain = Json.MAPPER.convertValue(view, new TypeReference<>() {});
        return new HashMap<>((Map<String, Object>) Objects.requireNonNull(VisibleText.deep(plain)));
    }
}
