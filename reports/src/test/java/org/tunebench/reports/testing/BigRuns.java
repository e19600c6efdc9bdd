package org.tunebench.reports.testing;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SeenRecord;
import org.tunebench.core.record.SuiteResult;

/**
 * Many models on suites of real sizes in real proportions: 70 % four-way questions in 57 groups, 20 % continuations, 2.5 %
 * true-or-false questions, 5 % worked answers, 2.5 % long answers. Words are made up and as frequent as words are (Zipf), which compresses a
 * little worse than English. The same seed gives the same files.
 */
public final class BigRuns {
    private static final Instant START = Instant.parse("2026-03-01T20:00:00Z");
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final List<String> WORDS = words();

    private BigRuns() {}

    /** Writes a base model's folder and those of so many recipes less one. */
    public static List<Path> write(Path directory, int models, int samples) {
        return write(directory, models, samples, 0);
    }

    /** The same with lineage: each recipe was trained on so many examples of its own, each seen twice. */
    public static List<Path> write(Path directory, int models, int samples, int examples) {
        List<Path> folders = IntStream.range(0, models)
                .parallel()
                .mapToObj(model -> run(directory, model, samples))
                .toList();
        IntStream.range(1, examples == 0 ? 1 : models)
                .parallel()
                .forEach(model -> lineage(RunFolder.open(folders.get(model)), model, examples));
        return folders;
    }

    private static void lineage(RunFolder folder, int model, int examples) {
        SplittableRandom random = new SplittableRandom(model);
        AtomicFiles.write(folder.examplesFile(), temporary -> {
            try (BufferedWriter lines = Files.newBufferedWriter(temporary)) {
                for (int i = 0; i < examples; i++) {
                    lines.write(Json.text(
                            new ExampleRecord(
                                    "data-" + model + ".jsonl:" + (i + 1),
                                    0,
                                    i + 1,
                                    "task-" + i % 100,
                                    "reasoning",
                                    null,
                                    Map.of(),
                                    90,
                                    60,
                                    text(random, 120),
                                    text(random, 220)),
                            false));
                    lines.write('\n');
                }
            }
        });
        AtomicFiles.write(folder.seenFile(), temporary -> {
            try (BufferedWriter lines = Files.newBufferedWriter(temporary)) {
                for (int step = 0; step < 2 * examples / 32; step++) {
                    int first = 32 * step % examples;
                    lines.write(Json.text(
                            new SeenRecord(
                                    step + 1,
                                    IntStream.range(first, first + 32)
                                            .mapToObj(i -> 1 + i % examples)
                                            .toList()),
                            false));
                    lines.write('\n');
                }
            }
        });
    }

    private static Path run(Path directory, int model, int samples) {
        String name = model == 0 ? "base" : "recipe-" + model;
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                model == 0 ? null : new RunRecord.Recipe(name, HASH),
                new RunRecord.BaseModel("base", "models/base", HASH, HASH, HASH, 135_000_000),
                null,
                List.of(),
                Map.of("seed", 1L));
        RunRecord run = RunRecord.running(name, inputs, new RunEnvironment("cpu", null, Map.of(), null), START);
        RunFolder folder = RunFolder.create(directory.resolve(name), run);
        if (model > 0) {
            AtomicFiles.write(folder.recipeFile(), "method: full\noptimizer: {learning_rate: " + model + "e-5}\n");
        }
        Map<String, SuiteResult> suites = new LinkedHashMap<>();
        suites.put("mmlu", suite(folder, "mmlu", model, samples * 70 / 100));
        suites.put("hellaswag", suite(folder, "hellaswag", model, samples * 20 / 100));
        suites.put("truthfulqa_mc", suite(folder, "truthfulqa_mc", model, samples * 25 / 1000));
        suites.put("gsm8k", suite(folder, "gsm8k", model, samples * 5 / 100));
        suites.put("long_answers", suite(folder, "long_answers", model, samples * 25 / 1000));
        folder.write(new Results(Results.SCHEMA, name, suites));
        folder.write(run.done(
                model == 0 ? null : new RunRecord.TrainingTotals(100, 1_000_000, 2_000_000, 2_100_000, 1.5, 900),
                START.plusSeconds(1000)));
        return folder.path();
    }

    private static SuiteResult suite(RunFolder folder, String suite, int model, int items) {
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            samples.add(sample(suite, model, i));
        }
        try (JsonLinesWriter writer = JsonLinesWriter.create(folder.samplesFile(suite))) {
            samples.forEach(writer::write);
        }
        Map<String, SuiteResult.Group> groups = new TreeMap<>(samples.stream()
                .filter(sample -> sample.group() != null)
                .collect(Collectors.groupingBy(
                        SampleRecord::group,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                some -> new SuiteResult.Group(some.size(), ReportFixture.metrics("", some))))));
        return new SuiteResult(
                "1", items, 0, false, ReportFixture.metrics("", samples), groups, Map.of(), 100, 100L * items);
    }

    private static SampleRecord sample(String suite, int model, int i) {
        long seed = 31L * suite.hashCode() + i;
        SplittableRandom item = new SplittableRandom(seed);
        SplittableRandom answer = new SplittableRandom(1_000_003 * seed + model);
        boolean right = answer.nextDouble() < 0.3 + 0.03 * model + 0.3 * (i % 7) / 7;
        return switch (suite) {
            case "mmlu" ->
                choices(suite, i, "subject_" + i % 57, text(item, 450), List.of("A", "B", "C", "D"), right, answer);
            case "hellaswag" ->
                choices(
                        suite,
                        i,
                        null,
                        text(item, 250),
                        IntStream.range(0, 4).mapToObj(c -> text(item, 90)).toList(),
                        right,
                        answer);
            case "truthfulqa_mc" ->
                choices(
                        suite,
                        i,
                        null,
                        text(item, 120),
                        IntStream.range(0, 6).mapToObj(c -> text(item, 60)).toList(),
                        right,
                        answer);
            case "gsm8k" -> response(i, text(item, 240), text(answer, 350), right);
            default -> response(i, text(item, 200), text(answer, 1000), right);
        };
    }

    private static SampleRecord choices(
            String suite,
            int i,
            String group,
            String prompt,
            List<String> choices,
            boolean right,
            SplittableRandom random) {
        int target = i % choices.size();
        int prediction = right ? target : (target + 1) % choices.size();
        List<Double> logLikelihoods = new ArrayList<>();
        for (int c = 0; c < choices.size(); c++) {
            logLikelihoods.add((c == prediction ? -1 : -3) - 8 * random.nextDouble());
        }
        double score = right ? 1 : 0;
        Map<String, Double> scores = suite.equals("truthfulqa_mc")
                ? Map.of("mc2", right ? 0.5 + random.nextDouble() / 2 : random.nextDouble() / 2)
                : Map.of("acc", score, "acc_norm", score);
        return new SampleRecord(
                (group == null ? "" : group + "/") + i,
                group,
                prompt,
                choices,
                logLikelihoods,
                choices.stream().map(String::length).toList(),
                null,
                prediction,
                target,
                scores,
                i % 50 == 0 ? List.of("truncated") : null);
    }

    private static SampleRecord response(int i, String prompt, String response, boolean right) {
        return new SampleRecord(
                Integer.toString(i),
                null,
                prompt,
                null,
                null,
                null,
                response,
                response.substring(0, 4),
                "42",
                Map.of("exact_match", right ? 1.0 : 0.0),
                null);
    }

    private static String text(SplittableRandom random, int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            // the r-th word about 1/r as often as the first
            int rank = (int) Math.min(WORDS.size() - 1.0, Math.exp(random.nextDouble() * Math.log(WORDS.size())) - 1);
            text.append(WORDS.get(rank)).append(random.nextInt(12) == 0 ? ". " : " ");
        }
        return text.toString().strip();
    }

    private static List<String> words() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int s = 0; s <= Math.log10(i + 1); s++) {
                word.append("bcdfghklmnprstvw".charAt(random.nextInt(16))).append("aeiou".charAt(random.nextInt(5)));
                word.append(random.nextInt(3) == 0 ? "nrst".charAt(random.nextInt(4)) : "");
            }
            words.add(word.toString());
        }
        return words;
    }
}
