package org.tunebench.eval.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.eval.engine.Prompt;

/**
 * The AI2 Reasoning Challenge (Clark et al. 2018, arXiv:1803.05457) by the rules of lm-evaluation-harness's tasks
 * {@code arc_easy} and {@code arc_challenge} (version 1), from the official JSONL ({@code id}, {@code question} with
 * {@code stem} and {@code choices}, {@code answerKey}), or from items of {@code query}, {@code choices} and {@code gold}. In
 * a folder every {@code *-Test.jsonl} is read, each file's items a group of their own.
 */
record Arc() implements Suite {
    private static final String TEST = "-Test.jsonl";

    @Override
    public String name() {
        return "arc";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String description() {
        return "grade-school science questions, easy and challenge; acc, acc_norm";
    }

    @Override
    public String format() {
        return "ARC-Easy-Test.jsonl or ARC-Challenge-Test.jsonl of AI2's ARC-V1, or a folder that holds both";
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseShots(name());
        options.refuseSubjects(name());
        SuiteData data = new SuiteData(name());
        Path path = options.requireData(name());
        List<ChoiceItem> items = new ArrayList<>();
        for (Path file : files(data, path)) {
            String name = file.getFileName().toString();
            String group = name.endsWith(TEST) ? name.substring(0, name.length() - TEST.length()) : null;
            List<JsonRow> rows = JsonRow.readLines(data, file);
            JsonRow.requireDistinct(rows, "id");
            List<ChoiceItem> own = new ArrayList<>();
            for (JsonRow row : rows) {
                own.add(row.has("query") ? converted(own.size(), row) : official(group, row));
            }
            items.addAll(own.subList(0, options.taken(own.size())));
        }
        return new MultipleChoice(items, null, options.format(), null, MultipleChoice.DELIMITER, data.sha256(path));
    }

    private static List<Path> files(SuiteData data, Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> tests = data.filesEnding(path, TEST);
        return tests.isEmpty() ? List.of(data.onlyFile(path, ".jsonl")) : tests;
    }

    private static ChoiceItem official(@Nullable String group, JsonRow row) {
        JsonRow question = JsonRow.of(row.require("question"), row.where());
        List<String> labels = new ArrayList<>();
        List<String> choices = new ArrayList<>();
        for (JsonNode element : question.require("choices")) {
            JsonRow choice = JsonRow.of(element, row.where());
            labels.add(choice.filledText("label"));
            choices.add(choice.filledText("text"));
        }
        if (Set.copyOf(labels).size() < labels.size()) {
            throw new InputException("two choices have the same label " + labels, row.where(), "Label them apart");
        }
        int target = labels.indexOf(row.scalar("answerKey"));
        if (target < 0) {
            throw new InputException(
                    "answerKey '" + row.scalar("answerKey") + "' is none of the labels " + labels,
                    row.where(),
                    "Give the right choice's label");
        }
        return item(row.scalar("id"), group, "Question: " + question.filledText("stem"), choices, target, row);
    }

    private static ChoiceItem converted(int index, JsonRow row) {
        List<String> choices = row.texts("choices");
        int target = row.integer("gold");
        if (target < 0 || target >= choices.size()) {
            throw new InputException(
                    "gold " + target + " is out of range", row.where(), "Use 0 to " + (choices.size() - 1));
        }
        return item(String.valueOf(index), null, row.filledText("query"), choices, target, row);
    }

    private static ChoiceItem item(
            String id, @Nullable String group, String query, List<String> choices, int target, JsonRow row) {
        if (choices.size() < 2) {
            throw new InputException(choices.size() + " choices", row.where(), "Give at least two");
        }
        String prompt = query + "\nAnswer:";
        return new ChoiceItem(
                id,
                group,
                Prompt.of(prompt),
                prompt,
                choices,
                target,
                Grading.accuracy(choices, target, List.of(Grading.Accuracy.ACC, Grading.Accuracy.ACC_NORM)));
    }
}
