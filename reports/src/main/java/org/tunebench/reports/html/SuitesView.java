package org.tunebench.reports.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/** One suite with every metric of every run, and the metric it is compared by in every group. */
record SuitesView(
        String name,
        String anchor,
        String about,
        String metric,
        List<String> metrics,
        List<Line> runs,
        List<String> columns,
        List<GroupLine> groups,
        List<Setting> settings) {
    /** Counts in a result's details that say how far to trust it; shown where they are not 0. */
    private static final List<String> FLAGS =
            List.of("truncated", "choice_truncated", "tie", "length_limit", "unparsed");

    record Score(String text, String stderr, String sort) {}

    /** @param provenance where the run's provenance stands */
    record Line(
            String run,
            String anchor,
            String provenance,
            int n,
            String version,
            String shots,
            String prompt,
            List<@Nullable Score> scores,
            String seconds,
            String tokens,
            String flagged) {}

    record GroupLine(String group, String anchor, int n, List<@Nullable Score> scores) {}

    /**
     * A setting or a count that explains the numbers.
     *
     * @param same whether every run has the same value
     * @param values one a run
     */
    record Setting(String key, boolean same, List<String> values) {}

    static List<SuitesView> of(Experiment experiment) {
        List<SuitesView> views = new ArrayList<>();
        experiment.suites().forEach((suite, metric) -> views.add(of(experiment, suite, metric)));
        return views;
    }

    private static SuitesView of(Experiment experiment, String suite, SuiteMetric primary) {
        Map<Run, SuiteResult> results = new LinkedHashMap<>();
        for (Run run : experiment.runs()) {
            SuiteResult result = run.suites().get(suite);
            if (result != null) {
                results.put(run, result);
            }
        }
        List<String> metrics = metrics(results.values(), primary);
        List<Line> lines = new ArrayList<>();
        results.forEach((run, result) -> lines.add(line(suite, run, result, metrics, primary)));
        return new SuitesView(
                suite,
                Anchor.of("suite", suite),
                about(results, primary),
                primary.name(),
                metrics,
                lines,
                results.keySet().stream().map(Run::name).toList(),
                groups(suite, results.values(), primary),
                settings(results.values()));
    }

    /** What the suite is compared by, and its size: {@code acc, 544 items, 8 groups}. */
    private static String about(Map<Run, SuiteResult> results, SuiteMetric primary) {
        int items = results.values().stream().mapToInt(SuiteResult::n).max().orElse(0);
        int groups = groups("", results.values(), primary).size();
        return primary.name() + ", " + items + (items == 1 ? " item" : " items")
                + (groups > 0 ? ", " + groups + (groups == 1 ? " group" : " groups") : "");
    }

    private static List<String> metrics(Collection<SuiteResult> results, SuiteMetric primary) {
        TreeSet<String> names = new TreeSet<>();
        results.forEach(result -> names.addAll(result.metrics().keySet()));
        names.remove(primary.name());
        List<String> ordered = new ArrayList<>(List.of(primary.name()));
        ordered.addAll(names);
        return ordered;
    }

    private static Line line(String suite, Run run, SuiteResult result, List<String> metrics, SuiteMetric primary) {
        return new Line(
                run.name(),
                Anchor.of("suite", suite, run.name()),
                Anchor.of("run", run.name()),
                result.n(),
                result.version(),
                result.shots() == null ? Figures.NONE : result.shots().toString(),
                result.chat() ? "chat template" : "plain",
                scores(metrics, result, primary),
                Figures.time(OptionalDouble.of(result.seconds())),
                Figures.count(OptionalDouble.of(result.tokens())),
                flagged(result));
    }

    /** Details of every run by dotted keys; matrices, which are no settings, are left to results.json. */
    private static List<Setting> settings(Collection<SuiteResult> results) {
        List<Map<String, String>> flat = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>();
        for (SuiteResult result : results) {
            Map<String, String> settings = new LinkedHashMap<>();
            if (result.details() != null) {
                flatten("", Json.MAPPER.valueToTree(result.details()), settings);
            }
            flat.add(settings);
            keys.addAll(settings.keySet());
        }
        return keys.stream()
                .map(key -> {
                    List<String> values = flat.stream()
                            .map(settings -> settings.getOrDefault(key, Figures.NONE))
                            .toList();
                    return new Setting(key, values.stream().distinct().count() == 1, values);
                })
                .toList();
    }

    private static void flatten(String key, JsonNode node, Map<String, String> settings) {
        if (node.isObject() && !node.has("counts")) {
            node.properties()
                    .forEach(entry -> flatten(
                            key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue(), settings));
        } else if (node.isValueNode()) {
            settings.put(key, node.asText());
        } else if (node.isArray()) {
            settings.put(key, node.toString());
        }
    }

    /** For example {@code 433 truncated}: items whose numbers need a second look. */
    private static String flagged(SuiteResult result) {
        if (result.details() == null) {
            return "";
        }
        List<String> counts = new ArrayList<>();
        for (String flag : FLAGS) {
            if (result.details().get(flag) instanceof Number n && n.longValue() > 0) {
                counts.add(n + " " + flag.replace('_', ' '));
            }
        }
        return String.join(", ", counts);
    }

    private static List<@Nullable Score> scores(List<String> metrics, SuiteResult result, SuiteMetric primary) {
        List<@Nullable Score> scores = new ArrayList<>();
        metrics.forEach(name -> scores.add(score(result.metrics().get(name), primary)));
        return scores;
    }

    private static List<GroupLine> groups(String suite, Collection<SuiteResult> results, SuiteMetric primary) {
        TreeSet<String> names = new TreeSet<>();
        results.forEach(result -> names.addAll(groupsOf(result).keySet()));
        List<GroupLine> lines = new ArrayList<>();
        for (String name : names) {
            List<@Nullable Score> scores = new ArrayList<>();
            int n = 0;
            for (SuiteResult result : results) {
                SuiteResult.Group group = groupsOf(result).get(name);
                scores.add(group == null ? null : score(group.metrics().get(primary.name()), primary));
                n = group == null ? n : Math.max(n, group.n());
            }
            lines.add(new GroupLine(name, Anchor.of("suite", suite, "group", name), n, scores));
        }
        return lines;
    }

    private static Map<String, SuiteResult.Group> groupsOf(SuiteResult result) {
        return result.groups() == null ? Map.of() : result.groups();
    }

    /** Every metric of a suite of shares is shown in per cent where it is a share itself. */
    private static @Nullable Score score(@Nullable Metric metric, SuiteMetric primary) {
        if (metric == null) {
            return null;
        }
        boolean share = primary.scale() == SuiteMetric.Scale.SHARE && metric.value() >= 0 && metric.value() <= 1;
        SuiteMetric shown = share ? primary : new SuiteMetric(primary.name(), SuiteMetric.Scale.RATING);
        return new Score(
                Figures.score(shown, metric.value()),
                metric.stderr() == null ? "" : "±" + Figures.score(shown, metric.stderr()),
                Double.toString(metric.value()));
    }
}
