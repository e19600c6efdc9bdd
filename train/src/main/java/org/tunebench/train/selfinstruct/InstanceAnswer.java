package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instances as the model writes them, read as the published code does (prepare_for_finetuning.py). */
final class InstanceAnswer {
    private static final String LABEL = "Class label:";
    private static final Pattern EXAMPLE = PlainText.pattern("Example" + PlainText.SPACE + "?\\d*\\.?");
    private static final Pattern OUTPUT = field("Output");
    private static final Pattern INPUT = field("Input");

    private InstanceAnswer() {}

    private static Pattern field(String name) {
        return PlainText.pattern(name + PlainText.SPACE + "*\\d*" + PlainText.SPACE + "*:");
    }

    /** Every instance in an answer, whatever it holds; none where nothing looks like one. */
    static List<TaskInstance> read(String text, boolean classification) {
        return classification ? outputFirst(text) : inputFirst(PlainText.strip(text));
    }

    /** {@code Class label: …}, and below it the input, to the next label. */
    private static List<TaskInstance> outputFirst(String text) {
        List<TaskInstance> instances = new ArrayList<>();
        String[] parts = text.split(Pattern.quote(LABEL), -1);
        for (int i = 1; i < parts.length; i++) {
            String[] fields = PlainText.strip(parts[i]).split("\n", 2);
            String input = fields.length == 2 ? PlainText.strip(fields[1]) : "";
            instances.add(new TaskInstance(input, PlainText.strip(fields[0])));
        }
        return instances;
    }

    /** {@code Example 1}, input, {@code Output:}, and so on; or one pair, or one output, alone. */
    private static List<TaskInstance> inputFirst(String text) {
        if (EXAMPLE.matcher(text).find()) {
            return EXAMPLE.splitAsStream(text)
                    .map(PlainText::strip)
                    .filter(part -> !part.isEmpty())
                    .map(InstanceAnswer::pair)
                    .toList();
        }
        return OUTPUT.matcher(text).find() ? List.of(pair(text)) : List.of();
    }

    private static TaskInstance pair(String text) {
        String[] parts = OUTPUT.split(text, -1);
        String input = parts.length > 1 ? PlainText.strip(parts[0]) : "";
        String output = PlainText.strip(parts.length > 1 ? parts[1] : text);
        return new TaskInstance(withoutHeading(input), PlainText.strip(INPUT.split(output, -1)[0]));
    }

    private static String withoutHeading(String input) {
        Matcher heading = INPUT.matcher(input);
        return heading.lookingAt() ? PlainText.strip(input.substring(heading.end())) : input;
    }
}
