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
import org.tunebench.core.text.VisibleText;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.samples.ExplorerData;
import org.tunebench.reports.samples.Packed;

/** Writes the report of finished runs. */
public final class Report {
    private final Experiment experiment;
    private final Comparison comparison;
    private final Leaderboard leaderboard;
    private final String title;
    private final @Nullable RatingsView ratings;

    private Report(Experiment experiment, String title, @Nullable RatingsView ratings) {
        this.experiment = experiment;
        this.comparison = Comparison.of(experiment);
        this.leaderboard = Leaderboard.of(experiment, comparison);
        this.title = title;
        this.ratings = ratings;
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

    /** {@link #read} and {@link #write(Path)} with the default presentation. */
    public static List<Path> write(List<Path> runFolders, Path outHtml) {
        return read(runFolders, new Presentation(Presentation.TITLE, null)).write(outHtml);
    }

    /**
     * Reads runs, of this program's or of lm-evaluation-harness's, and compares them.
     *
     * @throws org.tunebench.core.input.InputException where a folder holds no whole run, or none has results
     */
    public static Report read(List<Path> runFolders, Presentation presentation) {
        return new Report(
                Experiment.read(runFolders),
                presentation.title(),
                presentation.ratings() == null ? null : RatingsView.read(presentation.ratings()));
    }

    /** The runs in order. */
    public Leaderboard leaderboard() {
        return leaderboard;
    }

    /**
     * Writes the page and its twins: leaderboard.csv, leaderboard.md, comparison.json and, as lm-evaluation-harness writes
     * them, a results file for each run below lm-eval/. Where texts had to be cut for the page to stay small, they lie whole
     * in NAME-texts.jsonl.gz.
     *
     * @return what was written, the page first
     */
    public List<Path> write(Path outHtml) {
        ExplorerData samples = ExplorerData.of(experiment, ExplorerData.MOST_BYTES);
        Path whole = outHtml.resolveSibling(
                outHtml.getFileName().toString().replaceFirst("\\.html?$", "") + "-texts.jsonl.gz");

        Map<String, Object> view = view();
        view.put("title", title);
        view.put("samples", SamplesView.of(samples, whole));
        Map<String, Object> model = new HashMap<>(visible(view));
        model.put("islands", islands(samples));
        AtomicFiles.write(outHtml, temporary -> {
            try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                Page.write(model, out);
            }
        });
        List<Path> written = new ArrayList<>(List.of(outHtml));
        written.addAll(Twins.write(experiment, comparison, leaderboard, outHtml));
        if (samples.cutTexts() > 0) {
            samples.writeCut(experiment, whole);
            written.add(whole);
        }
        return written;
    }

    private Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("header", HeaderView.of(experiment));
        view.put("leaderboard", LeaderboardView.of(leaderboard));
        view.put("findings", FindingsView.of(experiment, comparison, leaderboard));
        view.put("comparison", ComparisonView.of(experiment, comparison, leaderboard));
        view.put("forgetting", ForgettingView.of(experiment, comparison));
        view.put("suites", SuitesView.of(experiment));
        view.put("judged", JudgedView.of(experiment));
        view.put("composition", CompositionView.of(experiment));
        view.put("recipes", RecipesView.of(RecipeSettings.of(experiment)));
        view.put(
                "provenance", experiment.runs().stream().map(ProvenanceView::of).toList());
        view.put(
                "has_held_out",
                experiment.runs().stream()
                        .anyMatch(run -> !run.training().evaluations().isEmpty()));
        List<String> notes = new ArrayList<>(experiment.notes());
        notes.addAll(comparison.notes());
        view.put("notes", notes);
        if (ratings != null) {
            view.put("ratings", ratings);
        }
        return view;
    }

    /** Name → what the page's script unpacks under it. */
    private Map<String, String> islands(ExplorerData samples) {
        Map<String, String> islands = new LinkedHashMap<>();
        islands.put("scores", Packed.of(ScoresIsland.of(leaderboard)));
        if (!comparison.pairs().isEmpty()) {
            islands.put(
                    "pairs",
                    Packed.of(PairsIsland.of(experiment, comparison, leaderboard, RecipeSettings.of(experiment))));
        }
        List<CurvesIsland> curves = CurvesIsland.of(experiment.candidates());
        if (!curves.isEmpty()) {
            islands.put("curves", Packed.of(curves));
        }
        List<JudgedView> judged = JudgedView.of(experiment);
        if (!judged.isEmpty()) {
            islands.put(
                    "radars", Packed.of(judged.stream().map(JudgedView::radar).toList()));
        }
        if (!samples.suites().isEmpty()) {
            islands.put(
                    "samples",
                    Packed.of(samples.suites().stream()
                            .map(ExplorerData.Suite::name)
                            .toList()));
        }
        LineageIsland.of(experiment, samples).ifPresent(lineage -> islands.put("lineage", lineage));
        for (int suite = 0; suite < samples.suites().size(); suite++) {
            ExplorerData.Suite of = samples.suites().get(suite);
            islands.put("samples-" + suite, of.index());
            for (int block = 0; block < of.blocks().size(); block++) {
                islands.put("samples-" + suite + "-" + block, of.blocks().get(block));
            }
        }
        return islands;
    }

    /** The views as maps and lists in which every text is visible, which is all that the templates see. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> visible(Map<String, Object> view) {
        Map<String, Object> plain = Json.MAPPER.convertValue(view, new TypeReference<>() {});
        return (Map<String, Object>) Objects.requireNonNull(VisibleText.deep(plain));
    }
}
