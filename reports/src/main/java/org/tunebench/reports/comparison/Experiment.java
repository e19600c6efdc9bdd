package org.tunebench.reports.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.RunRecord;
import org.tunebench.reports.lmeval.HarnessRuns;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/**
 * Runs that stand side by side.
 *
 * @param candidates base models first, then recipes, each in the order their first run was given
 * @param suites suite name → the metric it is compared by, in the order of the results
 * @param notes what a reader must know: runs left out, unfinished runs, differing suite versions
 */
public record Experiment(List<Candidate> candidates, Map<String, SuiteMetric> suites, List<String> notes) {

    /**
     * Reads run folders.
     *
     * @throws InputException where a folder holds no whole run of this schema, or none of them has results
     */
    public static Experiment read(List<Path> folders) {
        List<String> notes = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        List<Run> all = distinct(folders).stream()
                .flatMap(path -> HarnessRuns.isHere(path) ? HarnessRuns.read(path).stream() : Stream.of(Run.read(path)))
                .toList();
        for (Run run : HarnessMatching.of(withUniqueNames(all), notes)) {
            if (run.suites().isEmpty()) {
                notes.add(leftOut(run));
                continue;
            }
            if (run.record().status() != RunRecord.Status.DONE) {
                notes.add("Run '" + run.name() + "' is not finished (" + status(run)
                        + "): its results are as they stood.");
            }
            runs.add(run);
        }
        if (runs.isEmpty()) {
            throw new InputException(
                    "none of the runs has results",
                    folders.stream().map(Path::toString).collect(Collectors.joining(", ")),
                    "Score them first: tunebench eval --model RUN/checkpoint --suites … --out RUN");
        }
        List<Candidate> candidates = candidates(runs);
        Map<String, SuiteMetric> suites = suites(runs);
        notes.addAll(ExperimentNotes.of(runs, suites));
        return new Experiment(candidates, suites, List.copyOf(notes));
    }

    /** All runs, candidate by candidate. */
    public List<Run> runs() {
        return candidates.stream().flatMap(c -> c.runs().stream()).toList();
    }

    /** The base model that a candidate was tuned from, where it is among the candidates. */
    public Optional<Candidate> baselineOf(Candidate candidate) {
        String weights = candidate.runs().get(0).record().base().weightsSha256();
        return candidates.stream()
                .filter(Candidate::isBaseline)
                .filter(base ->
                        base.runs().get(0).record().base().weightsSha256().equals(weights))
                .findFirst();
    }

    private static Set<Path> distinct(List<Path> folders) {
        Set<Path> distinct = new LinkedHashSet<>();
        for (Path folder : folders) {
            try {
                distinct.add(folder.toRealPath());
            } catch (IOException e) {
                throw new InputException("no such folder", folder.toString(), "Name the folder of a run", e);
            }
        }
        return distinct;
    }

    /** Runs of one name are told apart by the ends of their paths. */
    private static List<Run> withUniqueNames(List<Run> runs) {
        Map<String, List<Run>> byName = runs.stream().collect(Collectors.groupingBy(Run::name));
        return runs.stream()
                .map(run -> {
                    List<Run> same = byName.getOrDefault(run.name(), List.of());
                    if (same.size() < 2) {
                        return run;
                    }
                    List<String> ends = PathEnds.of(
                            same.stream().map(r -> r.origin().path().toString()).toList());
                    return run.renamed(run.name() + " (" + ends.get(same.indexOf(run)) + ")");
                })
                .toList();
    }

    private static List<Candidate> candidates(List<Run> runs) {
        Map<Object, List<Run>> groups =
                runs.stream().collect(Collectors.groupingBy(Candidate::key, LinkedHashMap::new, Collectors.toList()));
        Map<String, Long> sharing = groups.values().stream()
                .collect(Collectors.groupingBy(group -> recipeName(group.get(0)), Collectors.counting()));
        return groups.values().stream()
                .map(group -> {
                    String name = recipeName(group.get(0));
                    List<Run> bySeed = group.stream()
                            .sorted(Comparator.comparing(
                                    run -> run.record().seeds().values().toString()))
                            .toList();
                    return new Candidate(
                            sharing.getOrDefault(name, 0L) == 1
                                    ? name
                                    : group.get(0).name(),
                            bySeed);
                })
                .sorted(Comparator.comparing(candidate -> !candidate.isBaseline()))
                .toList();
    }

    private static String recipeName(Run run) {
        return run.record().recipe() == null
                ? run.name()
                : run.record().recipe().name();
    }

    private static Map<String, SuiteMetric> suites(List<Run> runs) {
        Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
        runs.forEach(run -> run.suites().forEach((suite, result) -> {
            Map<String, List<Double>> own = values.computeIfAbsent(suite, s -> new LinkedHashMap<>());
            result.metrics()
                    .forEach((name, metric) ->
                            own.computeIfAbsent(name, n -> new ArrayList<>()).add(metric.value()));
        }));
        Map<String, SuiteMetric> suites = new LinkedHashMap<>();
        values.forEach((suite, own) -> SuiteMetric.of(suite, own).ifPresent(metric -> suites.put(suite, metric)));
        return suites;
    }

    private static String leftOut(Run run) {
        return "Run '" + run.name() + "' has no results (" + status(run) + ") and is not in the tables.";
    }

    private static String status(Run run) {
        return switch (run.record().status()) {
            case RUNNING -> "still running, or stopped";
            case FAILED ->
                "failed: " + Optional.ofNullable(run.record().failure()).orElse("no reason was written");
            case INTERRUPTED -> "interrupted";
            case DONE -> "done";
        };
    }
}
