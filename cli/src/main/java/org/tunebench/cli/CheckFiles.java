package org.tunebench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.CheckRecord.Finding;
import org.tunebench.core.record.CheckRecord.Severity;
import org.tunebench.core.record.RunFolder;
import org.tunebench.reports.html.CheckPage;

/** What a check of a recipe's data found, in a folder and in a few lines. */
public final class CheckFiles {
    private CheckFiles() {}

    /** Writes data-check.html and data-check.json. @return both */
    public static List<Path> write(CheckRecord check, Path folder) {
        Path page = RunFolder.checkPage(folder);
        Path json = RunFolder.checkFile(folder);
        AtomicFiles.writeJson(json, check);
        CheckPage.write(check, page);
        return List.of(page, json);
    }

    /** A line for each finding that is not in order, the worst first. */
    public static List<String> lines(CheckRecord check) {
        List<String> lines = new ArrayList<>();
        for (Severity severity : List.of(Severity.SPOILS, Severity.WARN)) {
            for (Finding finding : check.of(severity)) {
                lines.add(severity.name().toLowerCase(Locale.ROOT) + ": " + title(finding) + ": " + finding.extent());
            }
        }
        return lines;
    }

    private static String title(Finding finding) {
        return finding.about() == null ? finding.title() : finding.title() + " " + finding.about();
    }
}
