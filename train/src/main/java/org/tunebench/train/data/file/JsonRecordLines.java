package org.tunebench.train.data.file;

import java.nio.file.Path;

/** JSON lines: one object a line. A line that cannot be read leaves the next ones as they are. */
final class JsonRecordLines {
    private final ByteBlocks in;
    private final Path file;
    private final JsonObjects objects;

    JsonRecordLines(ByteBlocks in, Path file) {
        this.in = in;
        this.file = file;
        this.objects = new JsonObjects(file, "Write one whole JSON object a line");
    }

    void forEach(RecordSink sink) {
        while (in.skipBlanks() >= 0) {
            int length = lineLength();
            if (length > RecordFile.MOST_BYTES) {
                sink.bad(JsonObjects.tooLong(file, in.line()));
                skipLine(in);
            } else {
                int line = in.line();
                objects.read(in.bytes(), in.start(), length, line, sink);
                in.advance(length);
            }
        }
    }

    private int lineLength() {
        int length = 0;
        for (int c = in.at(0); c >= 0 && c != '\n' && length <= RecordFile.MOST_BYTES; c = in.at(length)) {
            length++;
        }
        return length;
    }

    /** Moves behind the line without holding it. */
    static void skipLine(ByteBlocks in) {
        for (int c = in.at(0); c >= 0 && c != '\n'; c = in.at(0)) {
            in.advance(1);
        }
    }
}
