package org.tunebench.train.data;

import java.util.List;

/** Plain text: {@code {"text"}} records, or the paragraphs of a text file, parted by blank lines. */
final class RawTextFormat implements RecordFormat {
    @Override
    public List<String> required() {
        return List.of("text");
    }

    @Override
    public List<String> optional() {
        return List.of("task", "category");
    }

    @Override
    public boolean takesTemplates() {
        return false;
    }

    @Override
    public Example read(DataRecord row, Reading reading) {
        return new Example.RawText(reading.id(row), reading.origin(row, -1), row.text("text"));
    }
}
