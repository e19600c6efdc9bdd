package org.tunebench.core.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends JSON values to a file, one a line. Every line is handed to the operating system before {@link #write} returns,
 * so that killing the process loses at most the line in flight; a torn last line is cut off when the file is opened again.
 */
public final class JsonLinesWriter implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private JsonLinesWriter(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Goes on behind the last whole line of a file, or starts it. */
    public static JsonLinesWriter append(Path file) {
        return open(file, false);
    }

    /** Starts a file anew. */
    public static JsonLinesWriter create(Path file) {
        return open(file, true);
    }

    private static JsonLinesWriter open(Path file, boolean anew) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.truncate(anew ? 0 : wholeLines(channel));
            channel.position(channel.size());
            return new JsonLinesWriter(file, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Writes one value as one line. */
    public void write(Object value) {
        try {
            String line = Json.text(value, false) + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Hands every line so far to the disk. */
    public void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Syncs to the disk and closes. */
    @Override
    public void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Bytes up to and with the last line feed. */
    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1 << 16);
        for (long end = channel.size(); end > 0; ) {
            long start = Math.max(0, end - block.capacity());
            block.clear().limit((int) (end - start));
            int read = 0;
            while (read >= 0 && block.hasRemaining()) {
                read = channel.read(block, start + block.position());
            }
            for (int i = (int) (end - start) - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
