package org.tunebench.train.selfinstruct;

import java.nio.file.Path;
import java.util.List;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.JsonLines;

/** What a run made. @param lineage of every instruction that passed the filters, also of those that are no task */
public record Made(List<MadeTask> tasks, List<Lineage> lineage, Summary summary) {
    public static final String TASKS = "tasks.jsonl";
    public static final String LINEAGE = "lineage.jsonl";
    public static final String SUMMARY = "summary.json";

    /** Writes the three files, each whole or not at all; the summary last. */
    public void write(Path folder) {
        AtomicFiles.write(folder.resolve(TASKS), JsonLines.text(tasks));
        AtomicFiles.write(folder.resolve(LINEAGE), JsonLines.text(lineage));
        AtomicFiles.writeJson(folder.resolve(SUMMARY), summary);
    }
}
