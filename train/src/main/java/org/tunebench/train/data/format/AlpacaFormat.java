package org.tunebench.train.data.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.file.DataRecord;

/**
 * An instruction, perhaps with an input, and the answer. The user text is the instruction and the input, parted by a blank
 * line; for prompts that have a heading for the input it goes under that.
 *
 * @param input the field that may be empty or left out
 */
record AlpacaFormat(String input, String output) implements RecordFormat {
    /** Stanford Alpaca's layout: {@code {"instruction", "input", "output"}}. */
    static final AlpacaFormat ALPACA = new AlpacaFormat("input", "output");

    /** Databricks Dolly's: {@code {"instruction", "context", "response", "category"}}. */
    static final AlpacaFormat DOLLY = new AlpacaFormat("context", "response");

    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("instruction", output));
    }

    @Override
    public List<String> fields() {
        return List.of("instruction", input, output, "system", "task", "category");
    }

    @Override
    public boolean takesTemplates() {
        return true;
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) ->
                reading.exchange(row, r -> userText(r, reading.inputHeading()), r -> r.text(output), null, examples);
    }

    private String userText(DataRecord row, String heading) {
        return userText(row.text("instruction"), row.optionalText(input), heading);
    }

    /** An instruction with its input, which may be null or blank. */
    static String userText(String instruction, @Nullable String input, String heading) {
        if (input == null || input.isBlank()) {
            return instruction;
        }
        return instruction + "\n\n" + (heading.isEmpty() ? "" : heading + "\n") + input;
    }
}
