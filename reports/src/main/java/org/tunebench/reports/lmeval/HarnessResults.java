package org.tunebench.reports.lmeval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.SuiteMetric;

/** A run's results in the shape of the harness's results file: what reads those reads these. */
public final class HarnessResults {
    private final Map<String, Object> results = new LinkedHashMap<>();
    private final Map<String, Object> subtasks = new LinkedHashMap<>();
    private final Map<String, Object> configs = new LinkedHashMap<>();
    private final Map<String, Object> versions = new LinkedHashMap<>();
    private final Map<String, Object> shots = new LinkedHashMap<>();
    private final Map<String, Object> higherIsBetter = new LinkedHashMap<>();
    private final Map<String, Object> samples = new LinkedHashMap<>();

    private HarnessResults() {}

    /** {@code MODEL/results_DATE.json}, as the harness names it. */
    public static String fileName(Run run) {
        String date = run.record().start().toString().replace(":", "-").replaceFirst("Z$", "");
        return sanitized(run.name()) + "/results_" + date + ".json";
    }

    /** The file's content; a suite's groups are its subtasks. */
    public static Map<String, Object> of(Run run) {
        HarnessResults file = new HarnessResults();
        run.suites().forEach(file::add);
        RunRecord record = run.record();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("results", file.results);
        tree.put("group_subtasks", file.subtasks);
        tree.put("configs", file.configs);
        tree.put("versions", file.versions);
        tree.put("n-shot", file.shots);
        tree.put("higher_is_better", file.higherIsBetter);
        tree.put("n-samples", file.samples);
        tree.put("config", config(record));
        tree.put("git_hash", record.environment().gitCommit());
        tree.put("date", record.start().toEpochMilli() / 1000.0);
        tree.put("model_source", "tunebench");
        tree.put("model_name", run.name());
        tree.put("model_name_sanitized", sanitized(run.name()));
        tree.put("chat_template_sha", chatTemplate(run));
        tree.put("total_evaluation_time_seconds", Double.toString(seconds(record.start(), record.end())));
        return tree;
    }

    private void add(String suite, SuiteResult result) {
        List<String> names = new ArrayList<>();
        if (result.groups() != null) {
            result.groups().forEach((group, of) -> {
                String name = suite + "_" + group;
                names.add(name);
                task(name, group, of.n(), of.metrics(), result);
            });
        }
        task(suite, suite, result.n(), result.metrics(), result);
        subtasks.put(suite, names);
    }

    private void task(String name, String alias, int n, Map<String, Metric> metrics, SuiteResult of) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        Map<String, Object> directions = new LinkedHashMap<>();
        numbers.put("alias", alias);
        numbers.put("sample_len", n);
        metrics.forEach((metric, value) -> {
            int comma = metric.indexOf(',');
            String plain = comma < 0 ? metric : metric.substring(0, comma);
            String filter = comma < 0 ? "none" : metric.substring(comma + 1);
            numbers.put(plain + "," + filter, value.value());
            numbers.put(plain + "_stderr," + filter, Objects.requireNonNullElse(value.stderr(), "N/A"));
            directions.put(plain, !SuiteMetric.lowerIsBetter(plain));
        });
        results.put(name, numbers);
        versions.put(name, of.version());
        shots.put(name, Objects.requireNonNullElse(of.shots(), 0));
        higherIsBetter.put(name, directions);
        samples.put(name, Map.of("original", n, "effective", n));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("task", name);
        config.put("num_fewshot", Objects.requireNonNullElse(of.shots(), 0));
        config.put("metadata", Map.of("version", of.version()));
        configs.put(name, config);
    }

    private static Map<String, Object> config(RunRecord record) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model", "tunebench");
        config.put("model_args", Map.of("base", record.base().name()));
        config.put("model_num_parameters", record.base().parameters());
        config.put("model_sha", record.base().weightsSha256());
        config.put("device", record.environment().device());
        config.put("random_seed", record.seeds().getOrDefault("seed", 0L));
        return config;
    }

    /** Of the suites that were asked through it. */
    private static @Nullable String chatTemplate(Run run) {
        boolean chat = run.suites().values().stream().anyMatch(SuiteResult::chat);
        RunRecord.Template template = run.record().template();
        return chat && template != null ? template.sha256() : null;
    }

    private static double seconds(Instant start, @Nullable Instant end) {
        return end == null ? 0 : Duration.between(start, end).toMillis() / 1000.0;
    }

    /** As the harness makes folders of models' names. */
    private static String sanitized(String name) {
        return name.replaceAll("[\"<>:/|\\\\?*\\[\\]\\p{C}]+", "__");
    }
}
