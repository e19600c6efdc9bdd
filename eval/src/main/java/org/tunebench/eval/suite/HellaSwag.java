package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.tunebench.core.input.InputException;
import org.tunebench.eval.engine.Prompt;
import org.tunebench.eval.engine.Whitespace;

/**
 * HellaSwag (Zellers et al. 2019, arXiv:1905.07830) from its official JSONL (fields activity_label, ctx_a, ctx_b, endings,
 * label), by the rules of lm-evaluation-harness (4e7e0d4). Samples are named by row, from 0.
 */
record HellaSwag() implements Suite {
    private static final int ENDINGS = 4;
    private static final Pattern BRACKETS = Pattern.compile("\\[.*?]", Pattern.UNIX_LINES);

    @Override
    public String name() {
        return "hellaswag";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String description() {
        return "which of four endings continues a scene; acc, acc_norm, acc_bytes";
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseShots(name());
        options.refuseSubjects(name());
        SuiteData data = new SuiteData(name());
        List<JsonRow> rows = JsonRow.readLines(data, data.onlyFile(options.requireData(name()), ".jsonl"));
        List<ChoiceItem> items = new ArrayList<>();
        for (JsonRow row : rows) {
            items.add(item(items.size(), row));
        }
        return new MultipleChoice(
                items.subList(0, options.taken(items.size())),
                null,
                options.format(),
                null,
                MultipleChoice.DELIMITER,
                data.sha256(options.requireData(name())));
    }

    private static ChoiceItem item(int index, JsonRow row) {
        String query = query(row.text("activity_label"), row.text("ctx_a"), row.text("ctx_b"));
        List<String> endings =
                row.texts("endings").stream().map(HellaSwag::clean).toList();
        if (endings.size() != ENDINGS) {
            throw new InputException(
                    endings.size() + " endings, expected " + ENDINGS, row.where(), "Give each item four endings");
        }
        if (endings.contains("")) {
            throw new InputException(
                    "ending " + endings.indexOf("") + " is empty once brackets are taken out",
                    row.where(),
                    "Fill it in");
        }
        int label = row.integer("label");
        if (label < 0 || label >= ENDINGS) {
            throw new InputException("label " + label + " is out of range", row.where(), "Use 0 to 3");
        }
        return new ChoiceItem(
                String.valueOf(index),
                row.optionalText("split_type").orElse(null),
                Prompt.of(query),
                query,
                endings,
                label,
                Grading.accuracy(endings, label, List.of(Grading.Accuracy.values())));
    }

    static String query(String activity, String contextA, String contextB) {
        return clean(activity + ": " + contextA + " " + capitalize(contextB));
    }

    /** Strips; makes {@code " [title]"} a full stop; takes out brackets; halves double spaces, once. */
    static String clean(String text) {
        String titled = Whitespace.strip(text).replace(" [title]", ". ");
        return BRACKETS.matcher(titled).replaceAll("").replace("  ", " ");
    }

    /** First letter in title case, the rest in lower case. */
    private static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first))
                + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }
}
