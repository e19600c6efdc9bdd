package org.tunebench.cli;

import java.nio.file.Path;
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

    /** A line for each finding of one severity. */
    public static List<String> lines(CheckRecord check, Severity severity) {
        return check.of(severity).stream()
                .map(f -> severity.name().toLowerCase(Locale.ROOT) + ": " + title(f) + ": " + f.extent())
                .toList();
    }

    private static String title(Finding finding) {
        return finding.about() == null ? finding.title() : finding.title() + " " + finding.about();
    }
}
