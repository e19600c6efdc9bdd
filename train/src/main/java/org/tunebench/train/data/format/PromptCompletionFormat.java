package org.tunebench.train.data.format;

import java.util.List;
import org.tunebench.train.data.file.DataRecord;

/**
 * Prompt and completion: {@code {"prompt", "completion"}}, both text; the completion becomes an assistant turn. The
 * {@code <|endoftext|>} that T0-style files write behind it is taken off: the chat template ends turns in its own way. A
 * {@code label} of true or false is what KTO trains on.
 */
final class PromptCompletionFormat implements RecordFormat {
    private static final String END_OF_TEXT = "<|endoftext|>";

    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("prompt", "completion"));
    }

    @Override
    public List<String> fields() {
        return List.of("prompt", "completion", "label", "system", "task", "category");
    }

    @Override
    public boolean takesTemplates() {
        return true;
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> reading.exchange(
                row, r -> r.text("prompt"), PromptCompletionFormat::completion, Preferences.label(row), examples);
    }

    private static String completion(DataRecord row) {
        String completion = row.text("completion");
        if (!completion.endsWith(END_OF_TEXT)) {
            return completion;
        }
        String text = completion.substring(0, completion.length() - END_OF_TEXT.length());
        if (text.isBlank()) {
            throw row.refused("'completion' is empty", "Write the text, or remove the record");
        }
        return text;
    }
}
