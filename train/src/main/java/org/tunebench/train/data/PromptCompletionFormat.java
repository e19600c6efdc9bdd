package org.tunebench.train.data;

import java.util.List;

/** Prompt and completion: {@code {"prompt", "completion"}}, both text; the completion becomes an assistant turn. */
final class PromptCompletionFormat implements RecordFormat {
    @Override
    public List<String> required() {
        return List.of("prompt", "completion");
    }

    @Override
    public List<String> optional() {
        return List.of("system", "task", "category");
    }

    @Override
    public boolean takesTemplates() {
        return true;
    }

    @Override
    public Example read(DataRecord row, Reading reading) {
        return reading.exchange(row, row.text("completion"), r -> r.text("prompt"));
    }
}
