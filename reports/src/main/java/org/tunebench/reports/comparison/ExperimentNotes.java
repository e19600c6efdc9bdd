package org.tunebench.reports.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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
                        + ": its scores are not strictly comparable.");
            }
            if (metric.lowerIsBetter() && tokenizers(suite, runs) > 1) {
                notes.add("Suite '" + suite + "' was scored with different tokenizers: "
                        + "a perplexity per token means another thing for each of them.");
            }
        }
        return notes;
    }

    private static List<String> differing(String suite, List<Run> runs) {
        List<String> differing = new ArrayList<>();
        if (kinds(suite, runs, SuiteResult::version) > 1) {
            differing.add("versions");
        }
        if (kinds(suite, runs, result -> String.valueOf(result.shots())) > 1) {
            differing.add("numbers of shots");
        }
        if (kinds(suite, runs, SuiteResult::chat) > 1) {
            differing.add("prompt forms (with and without the chat template)");
        }
        return differing;
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
