package org.tunebench.reports.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/** What keeps the scores of a suite from being compared as they stand. */
final class ExperimentNotes {
    private ExperimentNotes() {}

    static List<String> of(List<Run> runs, Map<String, SuiteMetric> suites) {
        List<String> notes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.suites().keySet()));
        for (String suite : names) {
            SuiteMetric metric = suites.get(suite);
            if (metric == null) {
                notes.add("Suite '" + suite + "' has no scored samples and is not in the tables.");
                continue;
            }
            List<String> differing = differing(suite, runs);
            if (!differing.isEmpty()) {
                notes.add("Suite '" + suite + "' was run with different " + String.join(" and ", differing)
                        + ": two models are compared on the items that both answered, but their scores are not strictly"
                        + " comparable.");
            }
            if (metric.lowerIsBetter() && tokenizers(suite, runs) > 1) {
                notes.add("Suite '" + suite + "' was scored with different tokenizers: "
                        + "a perplexity per token means another thing for each of them.");
            }
        }
        runs.forEach(run -> run.suites().forEach((suite, result) -> ofRun(run, suite, result, notes)));
        return notes;
    }

    private static void ofRun(Run run, String suite, SuiteResult result, List<String> notes) {
        Map<String, Object> details = Objects.requireNonNullElse(result.details(), Map.of());
        RunRecord.Template trained = run.record().template();
        if (result.chat()
                && run.record().recipe() != null
                && trained != null
                && details.get("template_sha256") instanceof String asked
                && !asked.equals(trained.sha256())) {
            notes.add("Run '" + run.name() + "' was trained with the chat template '" + trained.name() + "' ("
                    + shortened(trained.sha256()) + "), but suite '" + suite + "' asked it through another one ("
                    + shortened(asked) + "): it may do worse there than it can.");
        }
        if (Boolean.TRUE.equals(details.get("unsafe_exec"))) {
            notes.add("Suite '" + suite + "' ran the programs of '" + run.name() + "' outside the sandbox.");
        }
    }

    private static String shortened(String sha256) {
        return "SHA-256 " + sha256.substring(0, Math.min(12, sha256.length())) + "…";
    }

    private static List<String> differing(String suite, List<Run> runs) {
        List<String> differing = new ArrayList<>();
        if (kinds(suite, runs, SuiteResult::version) > 1) {
            differing.add("versions (" + versions(suite, runs) + ")");
        }
        if (kinds(suite, runs, result -> String.valueOf(result.shots())) > 1) {
            differing.add("numbers of shots");
        }
        if (kinds(suite, runs, SuiteResult::chat) > 1) {
            differing.add("prompt forms (with and without the chat template)");
        }
        if (kinds(suite, runs, result -> detail(result, "precision")) > 1) {
            differing.add("precisions");
        }
        return differing;
    }

    /** For example {@code 1 and lm-eval 1.0}. */
    private static String versions(String suite, List<Run> runs) {
        return runs.stream()
                .map(run -> run.suites().get(suite))
                .filter(Objects::nonNull)
                .map(SuiteResult::version)
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static Object detail(SuiteResult result, String key) {
        return result.details() == null
                ? ""
                : Objects.requireNonNullElse(result.details().get(key), "");
    }

    private static long kinds(String suite, List<Run> runs, Function<SuiteResult, Object> of) {
        return runs.stream()
                .map(run -> run.suites().get(suite))
                .filter(Objects::nonNull)
                .map(of)
                .distinct()
                .count();
    }

    private static long tokenizers(String suite, List<Run> runs) {
        return runs.stream()
                .filter(run -> run.suites().containsKey(suite))
                .map(run -> run.record().base().tokenizerSha256())
                .distinct()
                .count();
    }
}
