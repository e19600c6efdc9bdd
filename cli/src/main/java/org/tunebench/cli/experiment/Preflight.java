package org.tunebench.cli.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.cli.CheckFiles;
import org.tunebench.cli.Console;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.CheckRecord.Severity;
import org.tunebench.core.record.RunFolder;
import org.tunebench.train.batch.Inspection;
import org.tunebench.train.check.DataCheck;
import org.tunebench.train.data.filter.SuiteTexts;
import org.tunebench.train.step.Trainer;
import org.tunebench.train.step.TrainingJob;

/** Checks the data of every run of an experiment while they are read the first time. */
public final class Preflight {
    private final Mode mode;
    private final List<SuiteTexts> suites;
    private final Console console;
    private final Map<Path, CheckRecord> found = new LinkedHashMap<>();

    /** What is done with the check. */
    public enum Mode {
        /** An experiment is refused where something would spoil a run. */
        @JsonProperty("refuse")
        REFUSE,
        /** It is only said. */
        @JsonProperty("warn")
        WARN,
        /** Nothing is checked. */
        @JsonProperty("skip")
        SKIP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param suites that the runs will be scored on */
    Preflight(Mode mode, List<SuiteTexts> suites, Console console) {
        this.mode = mode;
        this.suites = mode == Mode.SKIP ? List.of() : suites;
        this.console = console;
    }

    /**
     * Reads everything that a run reads.
     *
     * @return a trainer that need not read it again; null where the data cannot be trained on, and the check says why
     * @throws InputException where an input cannot be used
     */
    @Nullable
    Trainer read(TrainingJob job) {
        if (mode == Mode.SKIP || job.resume()) {
            return Trainer.check(job, console, Inspection.NONE);
        }
        DataCheck check = new DataCheck(job.recipe(), job.baseName(), suites);
        try {
            Trainer trainer = Trainer.check(job, console, check);
            found.put(job.out(), check.record());
            return trainer;
        } catch (InputException e) {
            if (mode == Mode.WARN || !check.isDone() || !check.record().spoils()) {
                throw e;
            }
            found.put(job.out(), check.record());
            return null;
        }
    }

    /**
     * Writes what was found into the run folders and says it.
     *
     * @throws SpoiltData where a run would be spoilt and that is not to be
     */
    void conclude() {
        List<String> spoilt = new ArrayList<>();
        found.forEach((folder, check) -> {
            CheckFiles.write(check, folder);
            String page = RunFolder.checkPage(folder).toString();
            int spoils = check.of(Severity.SPOILS).size();
            int warnings = check.of(Severity.WARN).size();
            if (spoils + warnings > 0) {
                console.say("Data of " + folder.getFileName() + ": "
                        + (spoils == 0
                                ? ""
                                : counted(spoils, "finding") + (spoils == 1 ? " spoils" : " spoil") + " the run, ")
                        + counted(warnings, "warning") + ", see " + page);
                CheckFiles.lines(check, Severity.SPOILS).forEach(line -> console.say("  " + line));
            }
            if (check.spoils()) {
                spoilt.add(page);
            }
        });
        if (mode == Mode.REFUSE && !spoilt.isEmpty()) {
            throw new SpoiltData(spoilt);
        }
    }

    private static String counted(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
