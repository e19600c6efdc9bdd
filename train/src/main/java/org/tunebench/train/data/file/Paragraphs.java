package org.tunebench.train.data.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Plain text: paragraphs parted by blank lines, as records with one field {@code text}. */
final class Paragraphs {
    private final ByteBlocks in;
    private final Path file;
    private final StringBuilder text = new StringBuilder();
    private int start;
    private @Nullable BadRecord bad;

    Paragraphs(ByteBlocks in, Path file) {
        this.in = in;
        this.file = file;
    }

    void forEach(RecordSink sink) {
        while (in.at(0) >= 0) {
            int line = in.line();
            int length = 0;
            for (int c = in.at(0);
                    c >= 0 && c != '\n' && text.length() + length <= RecordFile.MOST_BYTES;
                    c = in.at(length)) {
                length++;
            }
            if (text.length() + length > RecordFile.MOST_BYTES) {
                begin(line);
                bad = JsonObjects.tooLong(file, start);
                JsonRecordLines.skipLine(in);
                length = 0;
            } else {
                take(Utf8.text(in.bytes(), in.start(), length), line, sink);
            }
            in.advance(in.at(length) == '\n' ? length + 1 : length);
        }
        end(sink);
    }

    private void take(@Nullable String line, int number, RecordSink sink) {
        if (line == null) {
            begin(number);
            bad = new BadRecord(file, start, "not UTF-8 text", "Save the file as UTF-8");
        } else if (line.isBlank()) {
            end(sink);
        } else {
            begin(number);
            text.append(text.isEmpty() ? "" : "\n")
                    .append(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
    }

    private void begin(int line) {
        start = text.isEmpty() && bad == null ? line : start;
    }

    private void end(RecordSink sink) {
        if (bad != null) {
            sink.bad(bad);
        } else if (!text.isEmpty()) {
            sink.record(JsonNodeFactory.instance.objectNode().put("text", text.toString()), start);
        }
        bad = null;
        text.setLength(0);
    }
}
