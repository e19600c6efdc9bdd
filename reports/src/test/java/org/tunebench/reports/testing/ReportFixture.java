package org.tunebench.reports.testing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.DataComposition;
import org.tunebench.core.record.DataComposition.Kind;
import org.tunebench.core.record.DataComposition.Part;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.PairwiseRecord.Game;
import org.tunebench.core.record.PairwiseRecord.Winner;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.record.SeenRecord;
import org.tunebench.core.record.StepRecord;
import org.tunebench.core.record.SuiteResult;
import org.tunebench.core.statistics.MeanEstimate;
import org.tunebench.reports.html.Report;

/**
 * A synthetic experiment: a base model and five recipes, one of them with three seeds, on five suites, with model output
 * that tries to break the page. The same seed gives the same files.
 */
public final class ReportFixture {
    /** What a model might write. */
    public static final List<String> HOSTILE = List.of(
            "</script><script>window.broken = 1</script>",
            "<img src=x onerror=\"window.broken = 2\">",
            "${7*7} <#assign x = 1> [=7*7]",
            "safe\u202etxt.exe\u202c and \u0000 NUL, \u001b[31mred, \u2028 separator",
            "<!-- <script> \ud800 lone surrogate",
            "=HYPERLINK(\"x\",\"y\")",
            "javascript:alert(1)//\u200b'\"`<svg/onload=alert(1)>");

    private static final Instant START = Instant.parse("2026-03-01T20:00:00Z");
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final List<String> SUBJECTS =
            List.of("animals", "arithmetic", "calendar", "capitals", "colours", "elements", "opposites", "plurals");

    private ReportFixture() {}

    /** Builds the report that screenshots are taken of: {@code ReportFixture DIR}. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        System.out.println(Report.write(write(directory.resolve("runs")), directory.resolve("report.html")));
    }

    /** Writes the run folders, the base model's first. */
    public static List<Path> write(Path directory) {
        List<Path> folders = new ArrayList<>();
        folders.add(run(directory, new Model("embedded", null, 1, 0.30, 2.9)));
        for (int seed = 1; seed <= 3; seed++) {
            folders.add(run(directory, new Model("masked", "response", seed, 0.52, 2.7)));
        }
        folders.add(run(directory, new Model("unmasked", "all", 1, 0.50, 2.8)));
        folders.add(run(directory, new Model("lora", "response", 1, 0.49, 2.72)));
        folders.add(run(directory, new Model("few-facts", "response", 1, 0.36, 3.3)));
        folders.add(run(directory, new Model("raw-text <b>mixed</b> \u202eevil", "response", 1, 0.51, 2.5)));
        return folders;
    }

    /**
     * A model and how good it is.
     *
     * @param mask of its recipe; none for a base model
     * @param skill chance to know an item
     * @param nats mean negative log-likelihood a token
     */
    public record Model(String recipe, String mask, int seed, double skill, double nats) {
        String runName() {
            return mask == null ? recipe : recipe + "-seed" + seed;
        }

        String folder() {
            return runName().replaceAll("[^a-z0-9-]", "_");
        }
    }

    /** Writes one run folder with all its parts. */
    public static Path run(Path directory, Model model) {
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                model.mask() == null ? null : new RunRecord.Recipe(model.recipe(), HASH),
                new RunRecord.BaseModel("embedded", "benchmarks-data/base", HASH, HASH, HASH, 2_400_000),
                new RunRecord.Template("paper", HASH),
                model.mask() == null
                        ? List.of()
                        : List.of(new RunRecord.DataFile(
                                "instructions/train.jsonl",
                                "messages",
                                HASH,
                                1480,
                                Map.of("too_long", 12L, "duplicate", 8L))),
                Map.of("seed", (long) model.seed()));
        RunRecord started = RunRecord.running(
                model.runName(),
                inputs,
                new RunEnvironment("cpu", null, Map.of("onnxruntime", "1.28.0"), HASH.substring(0, 40)),
                START);
        RunFolder folder = RunFolder.create(directory.resolve(model.folder()), started);
        RunRecord.TrainingTotals totals = null;
        if (model.mask() != null) {
            AtomicFiles.write(folder.recipeFile(), recipe(model));
            totals = steps(folder, model);
            lineage(folder, model);
            folder.write(new DataComposition(DataComposition.SCHEMA, composition(model)));
        }
        Map<String, SuiteResult> suites = new LinkedHashMap<>();
        suites.put("mmlu_cloze", write(folder, "mmlu_cloze", "acc", choices(model, 160, "acc")));
        suites.put("hellaswag", write(folder, "hellaswag", "acc_norm", choices(model, 60, "acc_norm")));
        suites.put("truthfulqa_mc", write(folder, "truthfulqa_mc", "mc2", truth(model)));
        suites.put("mt_bench", write(folder, "mt_bench", "score", turns(model)));
        suites.put("perplexity", write(folder, "perplexity", "token_perplexity", documents(model)));
        if (model.recipe().equals("lora")) {
            pairwise(folder, model);
        }
        folder.write(new Results(Results.SCHEMA, model.runName(), suites));
        folder.write(started.done(totals, START.plusSeconds(95)));
        return folder.path();
    }

    private static String recipe(Model model) {
        return String.join(
                "\n",
                "method: " + (model.recipe().equals("lora") ? "lora" : "full"),
                "data:",
                "  - {path: instructions/train.jsonl, format: messages, weight: "
                        + (model.recipe().equals("few-facts") ? 0.1 : 1) + "}",
                "template: paper",
                "mask: " + model.mask(),
                "optimizer: {name: adamw, learning_rate: " + (model.recipe().equals("lora") ? 0.002 : 0.0005) + "}",
                "schedule: {name: cosine, warmup_steps: 20}",
                "max_length: 128",
                "seed: " + model.seed(),
                "");
    }

    private static RunRecord.TrainingTotals steps(RunFolder folder, Model model) {
        SplittableRandom random = random(model, "steps");
        int steps = 600;
        double loss = 0;
        try (JsonLinesWriter writer = JsonLinesWriter.create(folder.stepsFile())) {
            for (int step = 1; step <= steps; step++) {
                loss = 1.1 - model.skill() + 3 * Math.exp(-step / 90.0) + 0.08 * random.nextDouble(-1, 1);
                double rate = 5e-4 * Math.min(1, step / 20.0) * (1 + Math.cos(Math.PI * step / steps)) / 2;
                writer.write(new StepRecord(
                        step,
                        loss,
                        rate,
                        0.6 + 2 * Math.exp(-step / 60.0) + 0.2 * random.nextDouble(),
                        620,
                        900,
                        1024,
                        0.14));
            }
        }
        try (JsonLinesWriter writer = JsonLinesWriter.create(folder.evaluationsFile())) {
            for (int step = 100; step <= steps; step += 100) {
                writer.write(new EvaluationRecord(step, 1.3 - model.skill() + 3 * Math.exp(-step / 90.0), 5000, 0.4));
            }
        }
        return new RunRecord.TrainingTotals(steps, 620L * steps, 900L * steps, 1024L * steps, loss, 0.14 * steps);
    }

    /** Forty examples, each about a subject, of which every step sees one. */
    private static void lineage(RunFolder folder, Model model) {
        try (JsonLinesWriter writer = JsonLinesWriter.create(folder.examplesFile())) {
            for (int i = 0; i < 40; i++) {
                String subject = SUBJECTS.get(i % SUBJECTS.size());
                writer.write(new ExampleRecord(
                        "train.jsonl:" + (i + 1),
                        0,
                        i + 1,
                        subject,
                        i % 2 == 0 ? "classification" : "reasoning",
                        i % 3 == 0 ? Integer.toString(i % 5) : null,
                        Map.of("judge_score", 4.5),
                        20,
                        6,
                        model.recipe().startsWith("raw")
                                ? null
                                : "Number " + i + " belongs to " + subject + ". " + hostile(i),
                        "So it does: " + subject + "."));
            }
        }
        try (JsonLinesWriter writer = JsonLinesWriter.create(folder.seenFile())) {
            for (int step = 1; step <= 600; step++) {
                writer.write(new SeenRecord(step, List.of(1 + step % 40)));
            }
        }
    }

    private static List<Part> composition(Model model) {
        List<Part> parts = new ArrayList<>();
        boolean raw = model.recipe().startsWith("raw");
        parts.add(new Part(Kind.SOURCE, "train.jsonl", 40, 600, 12_000, raw ? 1800 : 3600));
        if (raw) {
            parts.add(new Part(Kind.SOURCE, "raw <i>text</i>.txt", 9, 90, 1800, 1800));
            parts.add(new Part(Kind.CATEGORY, "", 9, 90, 1800, 1800));
        }
        parts.add(new Part(Kind.CATEGORY, "classification", 20, 300, 6000, raw ? 900 : 1200));
        parts.add(new Part(Kind.CATEGORY, "reasoning", 20, 300, 6000, raw ? 900 : 2400));
        for (int task = 0; task < 15; task++) {
            parts.add(new Part(Kind.TASK, "task " + task, 3, 40, 800, 240));
        }
        return parts;
    }

    private static List<SampleRecord> choices(Model model, int items, String metric) {
        SplittableRandom random = random(model, metric);
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            boolean known = knows(model, random, i);
            int prediction = known ? i % 4 : (i + 1 + random.nextInt(3)) % 4;
            List<Double> loglikelihoods = new ArrayList<>();
            for (int c = 0; c < 4; c++) {
                loglikelihoods.add((c == prediction ? -2 : -4) - random.nextDouble());
            }
            samples.add(new SampleRecord(
                    metric + "/" + i,
                    SUBJECTS.get(i % SUBJECTS.size()),
                    "Question " + i + ": which of these belongs to " + SUBJECTS.get(i % SUBJECTS.size()) + "?\nAnswer:",
                    List.of("the first", "the second " + hostile(i), "the third", "none of these"),
                    loglikelihoods,
                    List.of(2, 2, 2, 3),
                    null,
                    prediction,
                    i % 4,
                    Map.of("acc", prediction == i % 4 ? 1.0 : 0.0, "acc_norm", prediction == i % 4 ? 1.0 : 0.0),
                    i % 29 == 0 ? List.of("tie") : null));
        }
        return samples;
    }

    private static List<SampleRecord> truth(Model model) {
        SplittableRandom random = random(model, "truth");
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            double mc2 =
                    Math.min(1, Math.max(0, (knows(model, random, i) ? 0.7 : 0.3) + 0.25 * random.nextDouble(-1, 1)));
            samples.add(new SampleRecord(
                    "truth/" + i,
                    null,
                    "Q: Is statement " + i + " true?\nA:",
                    List.of("Yes.", "No."),
                    List.of(Math.log(mc2 + 1e-3), Math.log(1 - mc2 + 1e-3)),
                    List.of(2, 2),
                    null,
                    mc2 > 0.5 ? 0 : 1,
                    List.of(0),
                    Map.of("mc1", mc2 > 0.5 ? 1.0 : 0.0, "mc2", mc2),
                    null));
        }
        return samples;
    }

    private static List<SampleRecord> turns(Model model) {
        SplittableRandom random = random(model, "turns");
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            double score = Math.round(2 + 8 * model.skill() + random.nextDouble(-2, 2));
            samples.add(new SampleRecord(
                    "turn/" + i / 2 + "-" + (1 + i % 2),
                    SUBJECTS.get(i / 2 % 4),
                    "Write a short note about " + SUBJECTS.get(i % 8) + ".",
                    null,
                    null,
                    null,
                    "A note by " + model.recipe() + ".\n\n" + hostile(i) + "\nIt goes on for a while, as notes do.",
                    null,
                    null,
                    Map.of("score", score),
                    i == 7 ? List.of("truncated") : null));
        }
        return samples;
    }

    private static List<SampleRecord> documents(Model model) {
        SplittableRandom random = random(model, "documents");
        SplittableRandom difficulty = new SplittableRandom(5);
        List<SampleRecord> samples = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double tokens = 50 + i;
            double nats = model.nats() + difficulty.nextDouble(-0.6, 0.6) + random.nextDouble(-0.1, 0.1);
            samples.add(new SampleRecord(
                    "document/" + i,
                    null,
                    "Paris is the capital of France. Document " + i + ".",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of("loglikelihood", -nats * tokens, "tokens", tokens, "bytes", 4 * tokens),
                    null));
        }
        return samples;
    }

    private static SuiteResult write(RunFolder folder, String suite, String metric, List<SampleRecord> samples) {
        try (JsonLinesWriter writer = JsonLinesWriter.create(folder.samplesFile(suite))) {
            samples.forEach(writer::write);
        }
        Map<String, SuiteResult.Group> groups = new TreeMap<>(samples.stream()
                .filter(sample -> sample.group() != null)
                .collect(Collectors.groupingBy(
                        SampleRecord::group,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                some -> new SuiteResult.Group(some.size(), metrics(metric, some))))));
        Map<String, Metric> all = new TreeMap<>(metrics(metric, samples));
        if (suite.equals("mt_bench")) {
            all.put("turn1", turn(samples, "-1"));
            all.put("turn2", turn(samples, "-2"));
            groups.replaceAll((group, of) -> new SuiteResult.Group(
                    of.n(),
                    Map.of(
                            "score", of.metrics().get("score"),
                            "turn1", of.metrics().get("score"),
                            "turn2", of.metrics().get("score"))));
        }
        return new SuiteResult(
                "1",
                samples.size(),
                0,
                suite.equals("mt_bench"),
                all,
                groups,
                suite.equals("mt_bench") ? Map.of("judge", "a local checkpoint", "unparsed", 0) : Map.of(),
                4.2,
                51_000);
    }

    private static Metric turn(List<SampleRecord> samples, String end) {
        return metrics(
                        "score",
                        samples.stream().filter(s -> s.id().endsWith(end)).toList())
                .get("score");
    }

    /** Answers beside the base's, of which one in four depends on the position. */
    private static void pairwise(RunFolder folder, Model model) {
        try (JsonLinesWriter writer = JsonLinesWriter.create(folder.pairwiseFile("mt_bench"))) {
            for (int i = 0; i < 32; i++) {
                boolean swapped = i % 4 == 3;
                Winner first = i % 2 == 0 ? Winner.MODEL : Winner.OPPONENT;
                Winner second = swapped ? Winner.MODEL : first;
                writer.write(new PairwiseRecord(
                        "turn/" + i / 2 + "-" + (1 + i % 2),
                        1 + i % 2,
                        SUBJECTS.get(i / 2 % 4),
                        "embedded",
                        "Write a short note about " + SUBJECTS.get(i % 8) + ".",
                        "A note by " + model.recipe() + ".",
                        "A note by embedded.",
                        game(first),
                        game(second),
                        first == second ? first : Winner.TIE,
                        null));
            }
        }
    }

    private static Game game(Winner winner) {
        return new Game(
                "a local checkpoint", "pair-v2", "[[" + winner + "]] " + HOSTILE.get(1), winner, null, null, null);
    }

    /** Every score's mean; of documents the perplexity with its interval carried over from nats. */
    public static Map<String, Metric> metrics(String metric, List<SampleRecord> samples) {
        if (metric.equals("token_perplexity")) {
            MeanEstimate nats = MeanEstimate.of(samples.stream()
                            .mapToDouble(s -> -s.scores().get("loglikelihood")
                                    / s.scores().get("tokens"))
                            .toArray())
                    .orElseThrow();
            double value = Math.exp(nats.mean());
            return Map.of(
                    "token_perplexity",
                    new Metric(
                            value,
                            value * nats.stderr(),
                            List.of(
                                    Math.exp(nats.ci95().lo()),
                                    Math.exp(nats.ci95().hi()))));
        }
        Map<String, Metric> metrics = new TreeMap<>();
        samples.get(0)
                .scores()
                .keySet()
                .forEach(name -> metrics.put(
                        name,
                        MeanEstimate.of(samples.stream()
                                        .mapToDouble(s -> s.scores().get(name))
                                        .toArray())
                                .orElseThrow()
                                .toMetric()));
        return metrics;
    }

    /** Whether an item is known: the same easy items to every model, and some luck. */
    private static boolean knows(Model model, SplittableRandom random, int item) {
        double difficulty = new SplittableRandom(item).nextDouble();
        return difficulty < model.skill() + 0.08 * random.nextDouble(-1, 1);
    }

    private static String hostile(int i) {
        return i % 5 == 0 ? HOSTILE.get(i / 5 % HOSTILE.size()) : "";
    }

    private static SplittableRandom random(Model model, String what) {
        return new SplittableRandom(31L * model.runName().hashCode() + what.hashCode());
    }
}
