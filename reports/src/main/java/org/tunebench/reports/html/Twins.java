package org.tunebench.reports.html;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.reports.comparison.Comparison;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.leaderboard.Leaderboard;
import org.tunebench.reports.lmeval.HarnessResults;
import org.tunebench.reports.run.Run;

/** What machines read of a report, beside the page. */
final class Twins {
    private Twins() {}

    static List<Path> write(Experiment experiment, Comparison comparison, Leaderboard leaderboard, Path page) {
        Path csv = page.resolveSibling("leaderboard.csv");
        Path markdown = page.resolveSibling("leaderboard.md");
        Path json = page.resolveSibling("comparison.json");
        AtomicFiles.write(csv, leaderboard.toCsv());
        AtomicFiles.write(markdown, leaderboard.toMarkdown());
        AtomicFiles.writeJson(json, comparison.toJson(experiment));
        List<Path> written = new ArrayList<>(List.of(csv, markdown, json));
        for (Run run : experiment.runs()) {
            if (!run.origin().harness()) {
                Path file = page.resolveSibling("lm-eval").resolve(HarnessResults.fileName(run));
                AtomicFiles.writeJson(file, HarnessResults.of(run));
                written.add(file);
            }
        }
        return written;
    }
}
