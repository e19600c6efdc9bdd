package org.tunebench.train.data.file;

import java.nio.file.Path;
import org.tunebench.core.input.InputException;

/**
 * The objects of a JSON list, or JSON objects one after the other over several lines each. Where an object ends is told
 * by its brackets alone, so that one that is malformed inside leaves the next ones as they are.
 */
final class JsonValues {
    private static final String MEND = "Mend the JSON there";

    private final ByteBlocks in;
    private final Path file;
    private final JsonObjects objects;

    JsonValues(ByteBlocks in, Path file) {
        this.in = in;
        this.file = file;
        this.objects = new JsonObjects(file, MEND);
    }

    /** Whether a file is read like this: a list, or an object whose first line does not close it and opens no next one. */
    static boolean begin(ByteBlocks in) {
        int first = in.skipBlanks();
        if (first != '{') {
            return first == '[';
        }
        int end = 0;
        Brackets brackets = new Brackets();
        int c = in.at(end);
        while (c >= 0 && c != '\n' && end < RecordFile.MOST_BYTES) {
            if (brackets.closeWith(c)) {
                return false;
            }
            c = in.at(++end);
        }
        while (c == '\n' || c == '\r' || c == ' ' || c == '\t') {
            c = in.at(++end);
        }
        return c >= 0 && c != '{' && end < RecordFile.MOST_BYTES;
    }

    void forEach(RecordSink sink) {
        if (in.at(0) == '[') {
            in.advance(1);
            list(sink);
        } else {
            while (in.skipBlanks() >= 0) {
                value(sink);
            }
        }
    }

    private void list(RecordSink sink) {
        int next = in.skipBlanks();
        while (next != ']') {
            if (next < 0) {
                throw refused("malformed JSON: the list does not end; the file may be cut off");
            }
            value(sink);
            next = in.skipBlanks();
            if (next == ',') {
                in.advance(1);
                next = in.skipBlanks();
                if (next == ']') {
                    throw refused("malformed JSON: a comma before the end of the list");
                }
            } else if (next != ']' && next >= 0) {
                throw refused("malformed JSON: no comma between two records");
            }
        }
        in.advance(1);
        if (in.skipBlanks() >= 0) {
            throw new InputException(
                    "something follows the list", file + " line " + in.line(), "End the file after the closing ]");
        }
    }

    private void value(RecordSink sink) {
        int line = in.line();
        Brackets brackets = new Brackets();
        int length = 0;
        int c = in.at(0);
        boolean opened = c == '{' || c == '[';
        while (c >= 0 && length <= RecordFile.MOST_BYTES) {
            if (!opened && (c == ',' || c == ']' || c == '\n')) {
                break;
            }
            length++;
            if (brackets.closeWith(c)) {
                break;
            }
            c = in.at(length);
        }
        if (length == 0) {
            throw refused("malformed JSON: no record where one is to be");
        } else if (length > RecordFile.MOST_BYTES) {
            in.advance(length);
            sink.bad(JsonObjects.tooLong(file, line));
            skip(brackets);
        } else if (opened && !brackets.closed()) {
            throw new InputException(
                    "malformed JSON: the record that begins here does not end", file + " line " + line, MEND);
        } else {
            objects.read(in.bytes(), in.start(), length, line, sink);
            in.advance(length);
        }
    }

    /** Moves to the end of a value without holding it. */
    private void skip(Brackets brackets) {
        for (int c = in.at(0); c >= 0; c = in.at(0)) {
            in.advance(1);
            if (brackets.closeWith(c)) {
                return;
            }
        }
    }

    private InputException refused(String what) {
        return new InputException(what, file + " line " + in.line(), MEND);
    }

    /** How far a value is open: brackets outside of texts. */
    private static final class Brackets {
        private int depth;
        private boolean inText;
        private boolean escaped;
        private boolean closed;

        /** Takes the next byte; true where it closes the value. */
        boolean closeWith(int c) {
            if (inText) {
                inText = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                closed = --depth == 0;
            }
            return closed;
        }

        boolean closed() {
            return closed;
        }
    }
}
