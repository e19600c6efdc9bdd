package org.tunebench.eval.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.StrictYaml;
import org.tunebench.core.record.Json;
import org.tunebench.eval.engine.Prompt;
import org.tunebench.eval.engine.PromptFormat;

/** A suite of the user's own: a YAML file ({@link OwnSuiteFile}) and a JSONL or CSV file of items. */
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
        List<JsonRow> rows = path.getFileName().toString().endsWith(".csv")
                ? CsvFile.rows(data, path)
                : JsonRow.readLines(data, path);
        JsonRow.requireDistinct(rows, file.fields().id());
        int taken = options.taken(rows.size());
        PromptFormat format = file.chat() && !options.chat() ? PromptFormat.CHAT : options.format();
        String sha256 = data.sha256(path);
        return switch (file.type()) {
            case MULTIPLE_CHOICE -> {
                List<ChoiceItem> items = new ArrayList<>();
                rows.forEach(row -> items.add(choiceItem(items.size(), row)));
                yield new MultipleChoice(items.subList(0, taken), null, format, null, file.delimiter(), sha256);
            }
            case EXACT_MATCH, PATTERN_MATCH -> {
                List<OpenItem> items = new ArrayList<>();
                rows.forEach(row -> items.add(openItem(items.size(), row)));
                yield new OpenAnswers(items.subList(0, taken), null, file.answering(format, options.seed()), sha256);
            }
            case JUDGED -> {
                List<JudgedItems.Item> items = new ArrayList<>();
                rows.forEach(row -> items.add(new JudgedItems.Item(
                        id(items.size(), row),
                        group(row),
                        row.filledText(file.fields().prompt()),
                        row.has(file.fields().target()) ? targets(row).subList(0, 1) : List.of())));
                yield new JudgedItems(file, items.subList(0, taken), format, options.seed(), options.judge(), sha256);
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
        List<String> fields = file.fields().choices();
        List<String> choices = fields.size() == 1
                ? row.texts(fields.get(0))
                : fields.stream().map(row::filledText).toList();
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

    /** The right choice's position: given as such, as its text, or as the name of its field. */
    private int target(JsonRow row, List<String> choices) {
        String field = file.fields().target();
        JsonNode value = row.require(field);
        int index = value.isInt() ? value.intValue() : choices.indexOf(row.text(field));
        if (index < 0 && value.isTextual()) {
            index = file.fields().choices().size() > 1 ? file.fields().choices().indexOf(value.textValue()) : -1;
        }
        if (index < 0 && value.isTextual() && value.textValue().matches("[0-9]{1,9}")) {
            index = Integer.parseInt(value.textValue());
        }
        if (index < 0 || index >= choices.size()) {
            throw new InputException(
                    "target " + value + " is none of the " + choices.size() + " choices",
                    row.where(),
                    "Give the right choice's index, from 0, or its text");
        }
        return index;
    }

    private OpenItem openItem(int index, JsonRow row) {
        List<String> targets = targets(row);
        String prompt = row.filledText(file.fields().prompt());
        return new OpenItem(
                id(index, row),
                group(row),
                Prompt.of(prompt),
                prompt,
                targets.size() == 1 ? targets.get(0) : targets,
                file.type() == OwnSuiteFile.Type.EXACT_MATCH ? exactMatch(targets) : patternMatch(row, targets));
    }

    private Function<String, OpenItem.Grade> exactMatch(List<String> targets) {
        List<String> normal = targets.stream()
                .map(target -> Normalisation.apply(file.normalise(), target))
                .toList();
        return answer -> grade("exact_match", answer, normal::contains);
    }

    private Function<String, OpenItem.Grade> patternMatch(JsonRow row, List<String> targets) {
        List<Pattern> patterns = new ArrayList<>();
        for (String target : targets) {
            try {
                patterns.add(Pattern.compile(target));
            } catch (PatternSyntaxException e) {
                throw new InputException(
                        "target '" + target + "' is no regular expression: " + e.getDescription(),
                        row.where(),
                        "Escape its special characters with a backslash",
                        e);
            }
        }
        return answer -> grade(
                "pattern_match",
                answer,
                text -> patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(text).find()));
    }

    /** What is extracted from an answer, normalised and compared. */
    private OpenItem.Grade grade(String metric, String answer, Predicate<String> right) {
        String extracted = file.extracted(answer);
        if (extracted == null) {
            return new OpenItem.Grade(null, Map.of(metric, 0.0), "unparsed");
        }
        String prediction = Normalisation.apply(file.normalise(), extracted);
        return new OpenItem.Grade(prediction, Map.of(metric, right.test(prediction) ? 1.0 : 0.0), null);
    }

    private List<String> targets(JsonRow row) {
        String field = file.fields().target();
        return row.require(field).isArray() ? row.texts(field) : List.of(row.filledText(field));
    }
}
