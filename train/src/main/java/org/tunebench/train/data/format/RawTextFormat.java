package org.tunebench.train.data.format;

import java.util.List;
import org.tunebench.train.data.example.Example;

/** Plain text: {@code {"text"}} records, or the paragraphs of a text file, parted by blank lines. */
final class RawTextFormat implements RecordFormat {
    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("text"));
    }

    @Override
    public List<String> fields() {
        return List.of("text", "task", "category");
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> examples.accept(new Example.RawText(reading.origin(row, 0, null), row.text("text")));
    }
}
