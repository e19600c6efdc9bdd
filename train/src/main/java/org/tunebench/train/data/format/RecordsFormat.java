package org.tunebench.train.data.format;

import java.util.List;

/** Records of any fields, of which instruction templates make prompt and response, e.g. those of PromptSource. */
final class RecordsFormat implements RecordFormat {
    @Override
    public List<List<String>> recognisedBy() {
        return List.of();
    }

    @Override
    public List<String> fields() {
        return List.of();
    }

    @Override
    public boolean takesTemplates() {
        return true;
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> reading.exchange(
                row,
                r -> {
                    throw r.refused("format: records has no prompt of its own", "Add templates: to the data entry");
                },
                r -> {
                    throw r.refused("the templates write no response", "Give templates with prompt and response");
                },
                null,
                examples);
    }
}
