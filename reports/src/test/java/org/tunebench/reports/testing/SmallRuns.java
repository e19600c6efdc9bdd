package org.tunebench.reports.testing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SuiteResult;

/** Run folders of a handful of samples, for numbers that can be worked out by hand. */
public final class SmallRuns {
    private static final Instant START = Instant.parse("2026-03-01T20:00:00Z");
    private static final String HASH = "a".repeat(64);
    private final Path directory;

    public SmallRuns(Path directory) {
        this.directory = directory;
    }

    /** A base model right (1) or wrong (0) on items 0, 1, 2…, e.g. {@code "0110"}; {@code -} leaves an item out. */
    public Path base(String name, String right) {
        return write(name, null, "", 1, Map.of("mmlu", right(right)), "1");
    }

    /** A run of a recipe. */
    public Path run(String recipe, int seed, String right) {
        return write(
                recipe + "-" + seed,
                recipe,
                "mask: response\nseed: " + seed + "\n",
                seed,
                Map.of("mmlu", right(right)),
                "1");
    }

    /** A run with a recipe.yaml of one's own and any suites. */
    public Path write(
            String name, String recipe, String yaml, int seed, Map<String, List<SampleRecord>> suites, String version) {
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                recipe == null ? null : new RunRecord.Recipe(recipe, HASH),
                new RunRecord.BaseModel("base", "models/base", HASH, HASH, HASH, 1000),
                null,
                List.of(),
                Map.of("seed", (long) seed));
        RunRecord run = RunRecord.running(name, inputs, new RunEnvironment("cpu", null, Map.of(), null), START);
        RunFolder folder = RunFolder.create(directory.resolve(name), run);
        if (!yaml.isEmpty()) {
            AtomicFiles.write(folder.recipeFile(), yaml);
        }
        Map<String, SuiteResult> results = new LinkedHashMap<>();
        suites.forEach((suite, samples) -> {
            try (JsonLinesWriter writer = JsonLinesWriter.create(folder.samplesFile(suite))) {
                samples.forEach(writer::write);
            }
            boolean documents = !samples.isEmpty() && samples.get(0).scores().containsKey("tokens");
            Map<String, Metric> metrics =
                    samples.isEmpty() ? Map.of() : ReportFixture.metrics(documents ? "token_perplexity" : "", samples);
            results.put(suite, new SuiteResult(version, samples.size(), 0, false, metrics, Map.of(), Map.of(), 1, 10));
        });
        folder.write(new Results(Results.SCHEMA, name, results));
        folder.write(run.done(
                recipe == null ? null : new RunRecord.TrainingTotals(5, 1_000, 2_000, 2_500, 1.5, 90),
                START.plusSeconds(100)));
        return folder.path();
    }

    /** Right/wrong samples; the first half of the items is group {@code a}, the rest {@code b}. */
    public static List<SampleRecord> right(String right) {
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < right.length(); i++) {
            if (right.charAt(i) != '-') {
                samples.add(sample(
                        "item" + i, i < right.length() / 2 ? "a" : "b", Map.of("acc", right.charAt(i) - (double) '0')));
            }
        }
        return samples;
    }

    /** One sample with its scores. */
    public static SampleRecord sample(String id, String group, Map<String, Double> scores) {
        return new SampleRecord(id, group, null, null, null, null, null, null, null, scores, null);
    }
}
