package org.tunebench.eval.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.statistics.RatioEstimate;
import org.tunebench.eval.engine.Answering;
import org.tunebench.eval.engine.Prompt;
import org.tunebench.eval.engine.Whitespace;
import org.tunebench.eval.instruction.Instruction;

/**
 * IFEval (Zhou et al. 2023, arXiv:2311.07911) from its own input_data.jsonl, by the rules of lm-evaluation-harness's task
 * {@code ifeval} (version 4): does an answer follow each of its prompt's instructions, as it stands (strict), or in one of
 * eight forms without its first line, its last line, its asterisks (loose)? Prompt level: all of a prompt's; instruction
 * level: the share of all instructions.
 */
record IfEval() implements Suite {
    private static final int MAX_NEW_TOKENS = 1280;

    @Override
    public String name() {
        return "ifeval";
    }

    @Override
    public String version() {
        return "4";
    }

    @Override
    public String description() {
        return "instructions about the form of an answer, checked by rule; strict and loose, by prompt and by instruction";
    }

    @Override
    public String format() {
        return "input_data.jsonl of google-research's instruction_following_eval";
    }

    /** What became of one prompt's instructions, in their order. */
    private record Followed(List<Boolean> strict, List<Boolean> loose) {}

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseShots(name());
        options.refuseSubjects(name());
        SuiteData data = new SuiteData(name());
        List<JsonRow> rows = JsonRow.readLines(data, data.fileNamed(options.requireData(name()), "input_data.jsonl"));
        JsonRow.requireDistinct(rows, "key");
        List<OpenItem> items = new ArrayList<>();
        rows.forEach(row -> items.add(item(row)));
        return new OpenAnswers(
                items.subList(0, options.taken(items.size())),
                null,
                new Answering(options.format(), MAX_NEW_TOKENS, Sampling.GREEDY, List.of()),
                IfEval::metrics,
                data.sha256(options.requireData(name())));
    }

    private static OpenItem item(JsonRow row) {
        String prompt = row.filledText("prompt");
        List<String> ids = row.texts("instruction_id_list");
        JsonNode arguments = row.require("kwargs");
        if (!arguments.isArray() || arguments.size() != ids.size()) {
            throw new InputException(
                    "field 'kwargs' is no list of " + ids.size() + " objects, one an instruction",
                    row.where(),
                    "Give each instruction its own, {} where it has none");
        }
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            ObjectNode given = JsonRow.of(arguments.get(i), row.where()).node();
            instructions.add(Instruction.of(ids.get(i), new Instruction.Arguments(given, row.where())));
        }
        return new OpenItem(
                row.scalar("key"), null, Prompt.of(prompt), prompt, ids, answer -> grade(answer, instructions));
    }

    private static OpenItem.Grade grade(String answer, List<Instruction> instructions) {
        Set<String> forms = forms(answer);
        List<Boolean> strict = new ArrayList<>();
        List<Boolean> loose = new ArrayList<>();
        for (Instruction instruction : instructions) {
            strict.add(isFollowed(instruction, answer));
            loose.add(forms.stream().anyMatch(form -> isFollowed(instruction, form)));
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put("prompt_level_strict_acc", strict.contains(false) ? 0.0 : 1.0);
        scores.put("prompt_level_loose_acc", loose.contains(false) ? 0.0 : 1.0);
        scores.put("inst_level_strict_acc", share(strict));
        scores.put("inst_level_loose_acc", share(loose));
        return new OpenItem.Grade(Json.MAPPER.valueToTree(new Followed(strict, loose)), scores, null);
    }

    private static boolean isFollowed(Instruction instruction, String answer) {
        return !Whitespace.strip(answer).isEmpty() && instruction.isFollowed(answer);
    }

    private static double share(List<Boolean> followed) {
        return (double) followed.stream().filter(f -> f).count() / followed.size();
    }

    /** The answer; without its first line, its last, both; each with and without asterisks. */
    private static Set<String> forms(String answer) {
        int first = answer.indexOf('\n') + 1;
        int last = answer.lastIndexOf('\n');
        String withoutFirst = first == 0 ? "" : answer.substring(first);
        String withoutLast = last < 0 ? "" : answer.substring(0, last);
        String withoutBoth = first == 0 || last < first ? "" : answer.substring(first, last);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(answer);
        forms.add(answer.replace("*", ""));
        for (String part : List.of(withoutFirst, withoutLast, withoutBoth)) {
            forms.add(Whitespace.strip(part));
            forms.add(Whitespace.strip(part).replace("*", ""));
        }
        return forms;
    }

    /** Prompt level: means over prompts. Instruction level: over all instructions, the standard error by prompt. */
    private static Map<String, Metric> metrics(List<SampleRecord> samples) {
        Map<String, Metric> metrics = new LinkedHashMap<>(Summary.means(samples));
        double[] instructions =
                samples.stream().mapToDouble(IfEval::instructions).toArray();
        for (String name : List.of("inst_level_strict_acc", "inst_level_loose_acc")) {
            double[] followed = samples.stream()
                    .mapToDouble(sample ->
                            Math.rint(Objects.requireNonNull(sample.scores().get(name)) * instructions(sample)))
                    .toArray();
            metrics.put(name, RatioEstimate.of(followed, instructions));
        }
        return metrics;
    }

    private static int instructions(SampleRecord sample) {
        return ((List<?>) Objects.requireNonNull(sample.target())).size();
    }
}
