package org.tunebench.train.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tools;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.data.file.DataRecord;

/**
 * A task of Super-NaturalInstructions: {@code Definition}, {@code Positive Examples} and {@code Instances}, each instance
 * an example. The prompt is that of Tk-Instruct (Wang et al. 2022, arXiv:2204.07705): the definition, the worked examples
 * that the entry asks for, the input. Of several outputs one is drawn by seed. The task is the file's name, the category
 * the first of {@code Categories}.
 */
final class NaturalInstructionsFormat implements RecordFormat {
    private static final long OUTPUT_CHOICE = 7;

    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("Definition", "Instances"));
    }

    @Override
    public List<String> fields() {
        return List.of("Definition", "Instances", "Positive Examples", "Categories", "system");
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> {
            JsonNode instances = row.value("Instances");
            if (!instances.isArray() || instances.isEmpty()) {
                throw row.refused("'Instances' is no list with something in it", "Write [{\"input\", \"output\"}]");
            }
            String opening = opening(row, reading.positiveExamples());
            for (int i = 0; i < instances.size(); i++) {
                String at = "Instances[" + i + "].";
                String input = row.filled(instances.get(i).path("input"), at + "input");
                String output = output(row, instances.get(i).path("output"), at + "output", reading);
                Origin origin = origin(reading.origin(row, instances.size() == 1 ? 0 : i + 1, null), row);
                examples.accept(reading.conversation(
                        row,
                        List.of(
                                Message.user(opening + "Now complete the following example -\nInput: " + input
                                        + "\nOutput:"),
                                Message.assistant(output)),
                        Tools.NONE,
                        origin,
                        null));
            }
        };
    }

    private static String opening(DataRecord row, int positiveExamples) {
        StringBuilder text = new StringBuilder("Definition: ")
                .append(first(row, row.value("Definition"), "Definition").strip())
                .append("\n\n");
        JsonNode worked = row.value("Positive Examples");
        for (int i = 0; i < Math.min(positiveExamples, worked.size()); i++) {
            String at = "Positive Examples[" + i + "].";
            text.append("Positive Example ").append(i + 1).append(" -\nInput: ");
            text.append(first(row, worked.path(i).path("input"), at + "input"));
            text.append("\nOutput: ").append(first(row, worked.path(i).path("output"), at + "output"));
            text.append("\n\n");
        }
        return text.toString();
    }

    private static String output(DataRecord row, JsonNode output, String at, Reading reading) {
        if (!output.isArray() || output.isEmpty()) {
            return row.filled(output, at);
        }
        int chosen = reading.random(row, OUTPUT_CHOICE).nextInt(output.size());
        return row.filled(output.get(chosen), at + "[" + chosen + "]");
    }

    /** A text, or the first of a list of them: the published files have both. */
    private static String first(DataRecord row, JsonNode value, String at) {
        return value.isArray() ? row.filled(value.path(0), at + "[0]") : row.filled(value, at);
    }

    private static Origin origin(Origin origin, DataRecord row) {
        String file = String.valueOf(origin.file().getFileName()).replaceFirst("\\.json(l)?(\\.gz)?$", "");
        String task = origin.task() == null ? file : origin.task();
        String category = origin.category() == null ? category(row.value("Categories")) : origin.category();
        return new Origin(
                origin.source(),
                origin.file(),
                origin.label(),
                origin.line(),
                origin.part(),
                task,
                category,
                origin.template(),
                origin.scores());
    }

    private static @Nullable String category(JsonNode categories) {
        JsonNode first = categories.isArray() ? categories.path(0) : categories;
        return first.isTextual() ? first.textValue() : null;
    }
}
