package org.tunebench.train.data;

import java.util.List;
import org.tunebench.core.text.AlpacaPrompt;

/**
 * Stanford Alpaca's layout: {@code {"instruction", "input", "output"}}, the input empty or left out where there is none.
 * The user text is the instruction and the input, parted by a blank line; for the Alpaca prompt the input goes under its
 * {@code ### Input:} heading.
 */
final class AlpacaFormat implements RecordFormat {
    @Override
    public List<String> required() {
        return List.of("instruction", "output");
    }

    @Override
    public List<String> optional() {
        return List.of("input", "system", "task", "category");
    }

    @Override
    public boolean takesTemplates() {
        return true;
    }

    @Override
    public Example read(DataRecord row, Reading reading) {
        return reading.exchange(row, row.text("output"), r -> userText(r, reading.alpacaInput()));
    }

    private static String userText(DataRecord row, boolean underHeading) {
        String instruction = row.text("instruction");
        String input = row.optionalText("input");
        if (input == null || input.isBlank()) {
            return instruction;
        }
        return underHeading ? AlpacaPrompt.user(instruction, input) : instruction + "\n\n" + input;
    }
}
