package org.tunebench.train.quality;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.JsonLines;
import org.tunebench.train.data.example.Exchange;

/**
 * Labelled responses in a file, one JSON object a line: {@code {"instruction": …, "response": …, "good": true}}, and where it
 * is known {@code "kind"} (what is wrong) and {@code "group"} (lines of one group stay together; default: those with the same
 * instruction).
 */
public final class LabelledFile {
    private LabelledFile() {}

    /** @throws InputException with file and line where a line is no labelled response, and for a file without any */
    public static List<LabelledResponse> read(Path file) {
        try (Stream<Row> rows = JsonLines.read(file, Row.class)) {
            List<LabelledResponse> labelled = rows.map(Row::labelled).toList();
            if (labelled.isEmpty()) {
                throw new InputException("the file holds no record", file.toString(), "Give a file with data in it");
            }
            return labelled;
        }
    }

    public static void write(Path file, List<LabelledResponse> labelled) {
        List<Row> rows = new ArrayList<>();
        for (LabelledResponse e : labelled) {
            rows.add(new Row(e.exchange().instruction(), e.exchange().response(), e.good(), e.kind(), e.group()));
        }
        AtomicFiles.write(file, JsonLines.text(rows));
    }

    private record Row(
            String instruction,
            String response,
            Boolean good,
            @Nullable String kind,
            @Nullable String group) {

        Row {
            if (instruction == null || response == null || good == null) {
                throw new IllegalArgumentException("instruction, response and good (true or false) must be there");
            }
        }

        LabelledResponse labelled() {
            String named = kind == null ? good ? LabelledResponse.CLEAN : "bad" : kind;
            return new LabelledResponse(
                    new Exchange(instruction, response), good, named, group == null ? instruction : group);
        }
    }
}
