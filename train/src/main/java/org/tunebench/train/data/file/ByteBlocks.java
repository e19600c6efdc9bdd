package org.tunebench.train.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.tunebench.core.input.InputException;

/**
 * A window over the bytes of a file that is moved on from record to record, and is as long as the record at hand. A byte
 * order mark at the beginning is passed over.
 */
final class ByteBlocks implements AutoCloseable {
    private final InputStream in;
    private final Path file;
    private byte[] bytes = new byte[1 << 16];
    private int start;
    private int end;
    private boolean ended;
    private int line = 1;

    ByteBlocks(InputStream in, Path file) {
        this.in = in;
        this.file = file;
        if (at(2) == 0xBF && at(1) == 0xBB && at(0) == 0xEF) {
            advance(3);
        }
    }

    /** The byte at so many places behind the window's start, 0 to 255; -1 at the end of the file. */
    int at(int offset) {
        return start + offset < end || fill(offset) ? bytes[start + offset] & 0xFF : -1;
    }

    /** The line of the window's start, counted from 1. */
    int line() {
        return line;
    }

    /** Moves the window's start on, counting lines. */
    void advance(int count) {
        for (int i = start; i < start + count; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        start += count;
    }

    /** Moves the window's start behind white space; the byte there, or -1 at the end of the file. */
    int skipBlanks() {
        int next = at(0);
        while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
            advance(1);
            next = at(0);
        }
        return next;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the window begins in {@link #bytes()}; valid until the next byte is asked for. */
    int start() {
        return start;
    }

    /**
     * Reads on until a byte is there.
     *
     * @throws InputException where the stream breaks off
     */
    private boolean fill(int offset) {
        if (ended) {
            return false;
        }
        try {
            while (start + offset >= end) {
                if (end == bytes.length) {
                    makeRoom();
                }
                int read = in.read(bytes, end, bytes.length - end);
                if (read < 0) {
                    ended = true;
                    return false;
                }
                end += read;
            }
            return true;
        } catch (IOException e) {
            throw RecordFile.broken(e, file, line);
        }
    }

    private void makeRoom() {
        byte[] room = start == 0 ? new byte[2 * bytes.length] : bytes;
        System.arraycopy(bytes, start, room, 0, end - start);
        bytes = room;
        end -= start;
        start = 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
