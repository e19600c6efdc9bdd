package org.tunebench.reports.comparison;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.run.Run;

/**
 * What is compared: a recipe with all its seeds, or a model as it is.
 *
 * @param runs at least one, in the order of their seeds
 */
public record Candidate(String name, List<Run> runs) {
    public Candidate {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("candidate '" + name + "' has no run");
        }
        runs = List.copyOf(runs);
    }

    public boolean isBaseline() {
        return runs.get(0).isBaseline();
    }

    /** Whether its results come from lm-evaluation-harness. */
    public boolean isFromHarness() {
        return runs.get(0).origin().harness();
    }

    /** The runs that have results on a suite. */
    public List<Run> runsOn(String suite) {
        return runs.stream().filter(run -> run.suites().containsKey(suite)).toList();
    }

    /** The results of the runs that have any on a suite. */
    public List<SuiteResult> results(String suite) {
        return runs.stream()
                .map(run -> run.suites().get(suite))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The recipe without its seeds; the same for every run. */
    public Map<String, String> recipe() {
        return withoutSeeds(runs.get(0));
    }

    /** Runs of the same key are seeds of one recipe. */
    static Object key(Run run) {
        return run.record().recipe() == null
                ? List.of("as it is", run.name())
                : List.of(
                        Optional.ofNullable(run.record().recipe())
                                .map(r -> r.name())
                                .orElse(""),
                        run.record().base().weightsSha256(),
                        withoutSeeds(run));
    }

    private static Map<String, String> withoutSeeds(Run run) {
        return run.training().recipe().entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("seed"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }
}
