package org.tunebench.eval.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.StrictYaml;
import org.tunebench.core.record.Json;
import org.tunebench.eval.engine.Prompt;

/** A suite of the user's own: a YAML file ({@link OwnSuiteFile}) and a JSONL file of items. */
record OwnSuite(OwnSuiteFile file) implements Suite {
    /** Reads the YAML file; the data is read by {@link #load}. */
    static OwnSuite read(Path yaml) {
        OwnSuiteFile file = StrictYaml.read(yaml, OwnSuiteFile.class);
        if (Suites.ALL.stream().anyMatch(s -> s.name().equals(file.name()))) {
            throw new InputException(
                    "name '" + file.name() + "' is that of a built-in suite", yaml.toString(), "Choose another");
        }
        return new OwnSuite(file);
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public String version() {
        return file.version();
    }

    /** All that the YAML file says, but for the place of the data. */
    @Override
    public String rules() {
        ObjectNode rules = Json.MAPPER.valueToTree(file);
        rules.remove("data");
        return rules.toString();
    }

    @Override
    public String description() {
        return file.description();
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseShots(name());
        options.refuseSubjects(name());
        SuiteData data = new SuiteData(name());
        Path path = Objects.requireNonNullElse(options.data(), file.data());
        List<JsonRow> rows = JsonRow.readLines(data, path);
        JsonRow.requireDistinct(rows, file.fields().id());
        List<JsonRow> taken = rows.subList(0, options.taken(rows.size()));
        boolean chat = file.chat() || options.chat();
        String sha256 = data.sha256(path);
        return switch (file.type()) {
            case MULTIPLE_CHOICE -> {
                List<ChoiceItem> items = new ArrayList<>();
                rows.forEach(row -> items.add(choiceItem(items.size(), row)));
                yield new MultipleChoice(items.subList(0, taken.size()), null, chat, false, file.delimiter(), sha256);
            }
            case EXACT_MATCH -> {
                List<ExactMatch.Item> items = new ArrayList<>();
                rows.forEach(row -> items.add(new ExactMatch.Item(
                        id(items.size(), row),
                        group(row),
                        row.filledText(file.fields().prompt()),
                        targets(row))));
                yield new ExactMatch(file, items.subList(0, taken.size()), chat, options.seed(), sha256);
            }
            case JUDGED -> {
                List<JudgedItems.Item> items = new ArrayList<>();
                rows.forEach(row -> items.add(new JudgedItems.Item(
                        id(items.size(), row),
                        group(row),
                        row.filledText(file.fields().prompt()),
                        row.has(file.fields().target()) ? targets(row).subList(0, 1) : List.of())));
                yield new JudgedItems(
                        file, items.subList(0, taken.size()), chat, options.seed(), options.judge(), sha256);
            }
        };
    }

    /** The item's own id, else its position from 0. */
    private String id(int index, JsonRow row) {
        String field = file.fields().id();
        return row.has(field) ? row.scalar(field) : String.valueOf(index);
    }

    private @Nullable String group(JsonRow row) {
        String field = file.fields().group();
        return row.has(field) ? row.scalar(field) : null;
    }

    private ChoiceItem choiceItem(int index, JsonRow row) {
        List<String> choices = row.texts(file.fields().choices());
        if (choices.size() < 2) {
            throw new InputException("one choice", row.where(), "Give at least two");
        }
        String prompt = row.filledText(file.fields().prompt());
        int target = target(row, choices);
        return new ChoiceItem(
                id(index, row),
                group(row),
                Prompt.of(prompt),
                prompt,
                choices,
                target,
                Grading.accuracy(choices, target, List.of(Grading.Accuracy.values())));
    }

    private int target(JsonRow row, List<String> choices) {
        String field = file.fields().target();
        JsonNode value = row.require(field);
        int index = value.isInt() ? value.intValue() : choices.indexOf(row.text(field));
        if (index < 0 || index >= choices.size()) {
            throw new InputException(
                    "target " + value + " is none of the " + choices.size() + " choices",
                    row.where(),
                    "Give the right choice's index, from 0, or its text");
        }
        return index;
    }

    private List<String> targets(JsonRow row) {
        String field = file.fields().target();
        return row.require(field).isArray() ? row.texts(field) : List.of(row.filledText(field));
    }
}
