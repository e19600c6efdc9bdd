package org.tunebench.train.data.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.AlpacaPrompt;
import org.tunebench.train.data.file.DataRecord;

/**
 * Stanford Alpaca's layout: {@code {"instruction", "input", "output"}}, the input empty or left out where there is none.
 * The user text is the instruction and the input, parted by a blank line; for the Alpaca prompt the input goes under its
 * {@code ### Input:} heading.
 */
final class AlpacaFormat implements RecordFormat {
    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("instruction", "output"));
    }

    @Override
    public List<String> fields() {
        return List.of("instruction", "input", "output", "system", "task", "category");
    }

    @Override
    public boolean takesTemplates() {
        return true;
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> examples.accept(
                reading.exchange(row, r -> userText(r, reading.alpacaInput()), r -> r.text("output"), null));
    }

    private static String userText(DataRecord row, boolean underHeading) {
        return userText(row.text("instruction"), row.optionalText("input"), underHeading);
    }

    /** An instruction with its input, which may be null or blank. */
    static String userText(String instruction, @Nullable String input, boolean underHeading) {
        if (input == null || input.isBlank()) {
            return instruction;
        }
        return underHeading ? AlpacaPrompt.user(instruction, input) : instruction + "\n\n" + input;
    }
}
