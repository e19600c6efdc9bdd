package org.tunebench.eval.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.eval.engine.Answering;
import org.tunebench.eval.engine.Prompt;

/**
 * GSM8K (Cobbe et al. 2021, arXiv:2110.14168) from its own test.jsonl and train.jsonl, by the rules of
 * lm-evaluation-harness's task {@code gsm8k} (version 3): five examples, drawn anew for each question from train.jsonl with
 * Python's random numbers from seed 1234; the answer is the number after {@code ####} (strict), or the last number in the
 * text (flexible). Samples are named by row, from 0.
 */
record Gsm8k() implements Suite {
    private static final int DEFAULT_SHOTS = 5;
    private static final int SHOT_SEED = 1234;
    private static final int MAX_NEW_TOKENS = 256;
    private static final List<String> STOPS = List.of("Question:", "</s>", "<|im_end|>");
    private static final Pattern STRICT = Pattern.compile("#### (-?[0-9.,]+)");
    private static final Pattern FLEXIBLE = Pattern.compile("(-?[$0-9.,]{2,})|(-?[0-9]+)");
    private static final Pattern SOLUTION = Pattern.compile(".*#### ", Pattern.DOTALL);
    private static final Pattern FULL_STOP = Pattern.compile("\\.$", Pattern.UNIX_LINES);

    @Override
    public String name() {
        return "gsm8k";
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public String description() {
        return "grade-school mathematics answered step by step; exact_match_strict, exact_match_flexible";
    }

    @Override
    public String format() {
        return "the folder with test.jsonl and train.jsonl of openai/grade-school-math, or test.jsonl alone with 0 shots";
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseSubjects(name());
        int shots = options.shots() == null ? DEFAULT_SHOTS : options.shots();
        SuiteData data = new SuiteData(name());
        Path path = options.requireData(name());
        Path file = data.fileNamed(path, "test.jsonl");
        List<JsonRow> rows = read(data, file);
        List<Prompt.Shot> examples = shots == 0 ? List.of() : examples(data, file.resolveSibling("train.jsonl"), shots);
        PythonRandom random = new PythonRandom(SHOT_SEED);
        List<OpenItem> items = new ArrayList<>();
        for (JsonRow row : rows) {
            List<Prompt.Shot> drawn = shots == 0
                    ? List.of()
                    : random.sample(examples.size(), shots).stream()
                            .map(examples::get)
                            .toList();
            items.add(item(items.size(), row, drawn));
        }
        return new OpenAnswers(
                items.subList(0, options.taken(items.size())),
                shots,
                new Answering(options.format(), MAX_NEW_TOKENS, Sampling.GREEDY, STOPS),
                data.sha256(path));
    }

    private static List<JsonRow> read(SuiteData data, Path file) {
        List<JsonRow> rows = JsonRow.readLines(data, file);
        JsonRow.requireDistinct(rows, "question");
        for (JsonRow row : rows) {
            row.filledText("question");
            if (!STRICT.matcher(row.filledText("answer")).find()) {
                throw new InputException("the answer has no number after ####", row.where(), "End it in '#### 42'");
            }
        }
        return rows;
    }

    private static List<Prompt.Shot> examples(SuiteData data, Path train, int shots) {
        if (!Files.exists(train)) {
            throw new InputException(
                    shots + " shots asked, and there is no train.jsonl beside the test file to take them from",
                    data.where(train),
                    "Put GSM8K's own train.jsonl there, or ask for 0 shots");
        }
        List<JsonRow> rows = read(data, train);
        if (rows.size() < shots) {
            throw new InputException(
                    shots + " shots asked, the file has " + rows.size() + " rows",
                    data.where(train),
                    "Ask for at most " + rows.size());
        }
        return rows.stream()
                .map(row -> new Prompt.Shot(question(row), row.text("answer")))
                .toList();
    }

    private static String question(JsonRow row) {
        return "Question: " + row.text("question") + "\nAnswer:";
    }

    private static OpenItem item(int index, JsonRow row, List<Prompt.Shot> examples) {
        String target = comparable(row.text("answer"));
        return new OpenItem(
                String.valueOf(index),
                null,
                new Prompt("", examples, question(row)),
                question(row),
                target,
                answer -> grade(answer, target));
    }

    static OpenItem.Grade grade(String answer, String target) {
        String strict = strict(answer);
        String flexible = flexible(answer);
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("exact_match_strict", equal(strict, target));
        scores.put("exact_match_flexible", equal(flexible, target));
        return new OpenItem.Grade(strict == null ? flexible : strict, scores, flexible == null ? "unparsed" : null);
    }

    private static double equal(@Nullable String extracted, String target) {
        return extracted != null && comparable(extracted).equals(target) ? 1 : 0;
    }

    /** The first number after ####; null where there is none. */
    private static @Nullable String strict(String answer) {
        Matcher matcher = STRICT.matcher(answer);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The last number; null where there is none. */
    private static @Nullable String flexible(String answer) {
        Matcher matcher = FLEXIBLE.matcher(answer);
        String last = null;
        while (matcher.find()) {
            last = matcher.group();
        }
        return last;
    }

    /** Without commas, dollar signs, what stands before ####, and a full stop at the end. */
    static String comparable(String text) {
        String plain = text.replace(",", "").replace("$", "");
        plain = SOLUTION.matcher(plain).replaceAll("");
        return FULL_STOP.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
