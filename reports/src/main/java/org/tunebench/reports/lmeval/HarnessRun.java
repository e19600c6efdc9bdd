package org.tunebench.reports.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.Training;

/** One model's results files as a run. */
final class HarnessRun {
    private HarnessRun() {}

    static Run of(Path folder, List<HarnessFile> files) {
        Map<String, HarnessFile> fileOf = new LinkedHashMap<>();
        files.forEach(file -> file.tasks().forEach(task -> fileOf.put(task, file)));
        Map<String, SuiteResult> suites = new LinkedHashMap<>();
        Map<String, Map<String, SuiteResult>> bySubject = new LinkedHashMap<>();
        Map<HarnessTask, HarnessFile> tasks = new LinkedHashMap<>();
        fileOf.forEach((name, file) -> {
            HarnessTask task = HarnessTask.of(name, file.config(name));
            tasks.put(task, file);
            SuiteResult result = result(task, file);
            if (task.group().isEmpty()) {
                suites.put(task.suite(), result);
            } else {
                bySubject
                        .computeIfAbsent(task.suite(), suite -> new TreeMap<>())
                        .put(task.group(), result);
            }
        });
        bySubject.forEach((suite, subjects) -> suites.put(suite, together(subjects)));
        JsonNode last = files.get(files.size() - 1).tree();
        String name = shown(text(last, "model_name", String.valueOf(folder.getFileName())));
        return new Run(
                name,
                new Run.Origin(folder, true, facts(last, files)),
                record(name, last),
                suites,
                Training.NONE,
                HarnessSamples.of(tasks));
    }

    private static SuiteResult result(HarnessTask task, HarnessFile file) {
        JsonNode tree = file.tree();
        JsonNode results = tree.path("results").path(task.task());
        JsonNode counts = tree.path("n-samples").path(task.task());
        JsonNode shots = tree.path("n-shot").path(task.task());
        Map<String, Object> details = new LinkedHashMap<>();
        put(details, "task", task.task());
        put(details, "filter", HarnessMetrics.filter(results));
        put(details, "task_hash", text(tree.path("task_hashes"), task.task(), ""));
        put(details, "template_sha256", text(tree, "chat_template_sha", ""));
        put(details, "fewshot_as_multiturn", text(tree, "fewshot_as_multiturn", ""));
        put(details, "limit", text(tree.path("config"), "limit", ""));
        return new SuiteResult(
                "lm-eval " + text(tree.path("versions"), task.task(), "?"),
                counts.path("effective").asInt(results.path("sample_len").asInt(0)),
                shots.isNumber() ? shots.asInt() : null,
                tree.hasNonNull("chat_template_sha"),
                HarnessMetrics.of(results, task),
                Map.of(),
                details,
                0,
                0);
    }

    /** A suite whose groups are tasks of their own. */
    private static SuiteResult together(Map<String, SuiteResult> subjects) {
        SuiteResult first = subjects.values().iterator().next();
        Map<Map<String, Metric>, Integer> sizes = new java.util.IdentityHashMap<>();
        Map<String, SuiteResult.Group> groups = new TreeMap<>();
        subjects.forEach((name, result) -> {
            sizes.put(result.metrics(), result.n());
            groups.put(name, new SuiteResult.Group(result.n(), result.metrics()));
        });
        Map<String, Object> details = new LinkedHashMap<>(first.details());
        details.remove("task");
        details.remove("task_hash");
        return new SuiteResult(
                first.version(),
                subjects.values().stream().mapToInt(SuiteResult::n).sum(),
                first.shots(),
                first.chat(),
                HarnessMetrics.pooled(sizes),
                groups,
                details,
                0,
                0);
    }

    private static RunRecord record(String name, JsonNode tree) {
        Instant start = Instant.ofEpochMilli(Math.round(1000 * tree.path("date").asDouble(0)));
        double seconds = tree.path("total_evaluation_time_seconds").asDouble(0);
        Map<String, String> libraries = new TreeMap<>();
        libraries.put("lm_eval", text(tree, "lm_eval_version", "?"));
        libraries.put("transformers", text(tree, "transformers_version", "?"));
        String template = text(tree, "chat_template_sha", "");
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null,
                new RunRecord.BaseModel(
                        name,
                        name,
                        "",
                        text(tree.path("config"), "model_sha", ""),
                        "",
                        tree.path("config").path("model_num_parameters").asLong(0)),
                template.isEmpty() ? null : new RunRecord.Template("chat template", template),
                List.of(),
                Map.of("seed", tree.path("config").path("random_seed").asLong(0)));
        RunEnvironment environment = new RunEnvironment(
                text(tree.path("config"), "device", "unknown device"),
                null,
                libraries,
                tree.hasNonNull("git_hash") ? tree.get("git_hash").asText() : null);
        return RunRecord.running(name, inputs, environment, start)
                .done(null, start.plusMillis(Math.round(1000 * seconds)));
    }

    private static Map<String, String> facts(JsonNode tree, List<HarnessFile> files) {
        JsonNode config = tree.path("config");
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Written by", "lm-evaluation-harness " + text(tree, "lm_eval_version", "of unknown version"));
        facts.put("Model type", text(config, "model", ""));
        facts.put("Number type", text(config, "model_dtype", ""));
        facts.put("Batch size", text(config, "batch_size", ""));
        facts.put(
                "Results",
                files.stream()
                        .map(file -> String.valueOf(file.path().getFileName()))
                        .collect(Collectors.joining(", ")));
        return facts;
    }

    /** A hub's name as it is, a path by its last two parts. */
    private static String shown(String model) {
        return model.replaceFirst("^.*[/\\\\](?=[^/\\\\]+[/\\\\][^/\\\\]+[/\\\\]?$)", "");
    }

    private static void put(Map<String, Object> details, String key, String value) {
        if (!value.isEmpty()) {
            details.put(key, value);
        }
    }

    private static String text(JsonNode node, String key, String otherwise) {
        return node.hasNonNull(key) ? node.get(key).asText() : otherwise;
    }
}
