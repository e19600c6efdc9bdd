package org.tunebench.reports.run;

import java.nio.file.Path;
import java.util.Map;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SuiteResult;

/**
 * A run as read, without its samples.
 *
 * @param name unique in the experiment
 * @param suites suite name → results, in the order of the results file; empty where nothing was scored
 */
public record Run(
        String name,
        Origin origin,
        RunRecord record,
        Map<String, SuiteResult> suites,
        Training training,
        Samples samples) {

    /**
     * Where a run was read from.
     *
     * @param path a run folder, or a folder of lm-evaluation-harness's results
     * @param harness whether it is the latter
     * @param facts label → text, of what a run record has no place for
     */
    public record Origin(Path path, boolean harness, Map<String, String> facts) {
        /** The last part of the path: all of it that may leave the building. */
        public String place() {
            Path last = path.getFileName();
            return last == null ? path.toString() : last.toString();
        }
    }

    /**
     * Reads a run folder.
     *
     * @throws org.tunebench.core.input.InputException where it holds no whole run of this schema
     */
    public static Run read(Path path) {
        RunFolder folder = RunFolder.open(path);
        RunRecord record = folder.readRecord();
        return new Run(
                record.name(),
                new Origin(path, false, Map.of()),
                record,
                folder.readResults().map(Results::suites).orElse(Map.of()),
                Training.read(folder),
                FolderSamples.of(folder));
    }

    /** The same run under another name. */
    public Run renamed(String other) {
        return new Run(other, origin, record, suites, training, samples);
    }

    /** Whether it scored a model as it is, by this program. */
    public boolean isBaseline() {
        return record.recipe() == null && !origin.harness();
    }
}
