package org.tunebench.cli.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.cli.Console;
import org.tunebench.cli.experiment.Experiment.SuiteSettings;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.record.RunFolder;

/** Which runs of an experiment have their answers compared with which other run's. */
final class Pairings {
    /** Names a run's own base model as its opponent. */
    private static final String BASE = "base";

    private final Map<String, String> opponents = new LinkedHashMap<>();

    /**
     * Reads what the experiment says.
     *
     * @param runs names of the runs there will be, base models' among them
     * @throws InputException where a suite has no answers to compare, or the opponent is no run
     */
    Pairings(Experiment experiment, Scoring scoring, List<String> runs, Path file) {
        Set<String> known = new LinkedHashSet<>(List.of(BASE));
        known.addAll(runs);
        List<String> suites = scoring.suites();
        List<@Nullable SuiteSettings> settings =
                new ArrayList<>(experiment.suites().values());
        for (int i = 0; i < suites.size(); i++) {
            SuiteSettings own = settings.get(i);
            if (own != null && own.pairwise() != null) {
                String where = file + ", suite " + suites.get(i) + ", pairwise";
                KnownNames.require("run", own.pairwise(), known, where);
                if (!scoring.isComparable(suites.get(i))) {
                    throw new InputException(
                            "the suite has no open answers for a judge to compare", where, "Leave pairwise out");
                }
                opponents.put(suites.get(i), own.pairwise());
            }
        }
    }

    /**
     * Has the judges compare.
     *
     * @param folders run → folder, of the runs that were scored
     * @param bases run → its base model's run; itself for a base model
     */
    void judge(Map<String, Path> folders, Map<String, String> bases, Scoring scoring, boolean resume, Console console) {
        opponents.forEach((suite, name) -> folders.forEach((run, folder) -> {
            String opponent = name.equals(BASE) ? bases.getOrDefault(run, BASE) : name;
            Path other = folders.get(opponent);
            if (other == null) {
                console.say("  " + suite + ": " + run + " is not compared with " + opponent + ", which was not scored");
            } else if (!opponent.equals(run)) {
                console.say("Comparing " + run + " with " + opponent + " on " + suite);
                scoring.compare(suite, RunFolder.open(folder), RunFolder.open(other), resume);
            }
        }));
    }
}
