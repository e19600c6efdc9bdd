package org.tunebench.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.batch.InspectedExample;
import org.tunebench.train.batch.Inspection;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.data.ExampleLines;
import org.tunebench.train.data.SourceCounts;

/**
 * The examples of a recipe as lines, by their number, in a temporary file that is gone when it is closed. On the heap an
 * example takes 8 bytes.
 */
final class DrawnExamples implements Inspection, AutoCloseable {
    private final FileChannel file;
    private long[] starts = new long[1024];
    private int size;

    DrawnExamples() {
        try {
            Path path = Files.createTempFile("tunebench-examples", ".tmp");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep examples in a temporary file", e);
        }
    }

    @Override
    public void begin(ChatTemplate template, Tokenizer tokenizer) {}

    @Override
    public Runnable inspect(InspectedExample example) {
        byte[] line = ExampleLines.of(example.example()).getBytes(StandardCharsets.UTF_8);
        return () -> append(line);
    }

    @Override
    public void end(List<SourceCounts> counts, TokenizedDataset tokenized) {}

    private void append(byte[] line) {
        if (size + 1 == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (bytes.hasRemaining()) {
                file.write(bytes, starts[size] + bytes.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep examples in a temporary file", e);
        }
        starts[size + 1] = starts[size] + line.length;
        size++;
    }

    /** Writes one of them. @param ordinal its number in the dataset */
    void write(int ordinal, BufferedWriter lines) {
        ByteBuffer line = ByteBuffer.allocate((int) (starts[ordinal + 1] - starts[ordinal]));
        try {
            while (line.hasRemaining() && file.read(line, starts[ordinal] + line.position()) >= 0) {
                // until it is whole
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the temporary file of examples", e);
        }
        ExampleFile.writeLine(lines, new String(line.array(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the temporary file of examples", e);
        }
    }
}
