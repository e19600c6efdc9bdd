package org.tunebench.train.data.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tools;
import org.tunebench.train.data.file.DataRecord;

/**
 * Tasks of Self-Instruct (Wang et al. 2022, arXiv:2212.10560): {@code {"instruction", "instances": [{"input", "output"},
 * …]}}, an example for each instance. The task is the record's {@code name} or {@code id}.
 */
final class SelfInstructFormat implements RecordFormat {
    @Override
    public List<List<String>> recognisedBy() {
        return List.of(List.of("instruction", "instances"));
    }

    @Override
    public List<String> fields() {
        return List.of("instruction", "instances", "input", "output", "system", "task", "category");
    }

    @Override
    public RecordReader reader(Reading reading) {
        return (row, examples) -> {
            String instruction = row.text("instruction");
            JsonNode instances = row.value("instances");
            if (!instances.isArray() || instances.isEmpty()) {
                String what = instances.isArray() ? "an empty list" : DataRecord.kind(instances);
                throw row.refused(
                        "'" + row.column("instances") + "' is " + what, "Write [{\"input\": …, \"output\": …}]");
            }
            for (int i = 0; i < instances.size(); i++) {
                String at = row.column("instances") + "[" + i + "].";
                JsonNode input = instances.get(i).path(row.column("input"));
                String output = row.filled(instances.get(i).path(row.column("output")), at + row.column("output"));
                String given =
                        input.isMissingNode() || input.isNull() ? null : row.textOf(input, at + row.column("input"));
                String user = AlpacaFormat.userText(instruction, given, reading.inputHeading());
                examples.accept(reading.conversation(
                        row,
                        List.of(Message.user(user), Message.assistant(output)),
                        Tools.NONE,
                        reading.origin(row, instances.size() == 1 ? 0 : i + 1, null),
                        null));
            }
        };
    }
}
