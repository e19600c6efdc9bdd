package org.tunebench.train.data.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tunebench.core.input.InputException;

/**
 * Streams the records of one file, which is told by its content: a JSON list of objects, JSON lines, JSON objects one
 * after the other, a natural-instructions task, Parquet; and by its name: {@code .txt} and {@code .md} are paragraphs
 * parted by blank lines, records with one field {@code text}. Plain or gzip; UTF-8, with or without a byte order mark.
 * One record at a time is in memory, of Parquet one row group.
 */
public record RecordFile(Path file) {
    /** The longest record that is read; a longer one is passed over as bad. */
    static final int MOST_BYTES = 32 << 20;

    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    /**
     * Reads the file from its beginning to its end.
     *
     * @throws InputException where it is missing, or damaged so that what lies behind cannot be told
     */
    public void forEach(RecordSink sink) {
        try {
            if (ParquetRecords.begins(head(PARQUET.length))) {
                new ParquetRecords(file).forEach(sink);
                return;
            }
            if (!isText() && NaturalInstructionsFile.is(this)) {
                new NaturalInstructionsFile(this).forEach(sink);
                return;
            }
            try (ByteBlocks in = new ByteBlocks(open(), file)) {
                if (isText()) {
                    new Paragraphs(in, file).forEach(sink);
                } else if (JsonValues.begin(in)) {
                    new JsonValues(in, file).forEach(sink);
                } else {
                    new JsonRecordLines(in, file).forEach(sink);
                }
            }
        } catch (NoSuchFileException e) {
            throw new InputException("no such file", file.toString(), "Check the path in the recipe's data entry", e);
        } catch (EOFException | ZipException e) {
            throw broken(e, file, 1);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + e.getMessage(), file.toString(), "Check the file", e);
        }
    }

    /** The bytes, unpacked. */
    InputStream open() throws IOException {
        InputStream plain = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        plain.mark(2);
        boolean packed = plain.read() == 0x1f && plain.read() == 0x8b;
        plain.reset();
        return packed ? new GZIPInputStream(plain, 1 << 16) : plain;
    }

    /** Says in the reader's words why a stream broke off. */
    static InputException broken(IOException e, Path file, int line) {
        boolean packed = e instanceof EOFException || e instanceof ZipException;
        return new InputException(
                packed
                        ? "the gzip data are cut off or damaged" + (e.getMessage() == null ? "" : ": " + e.getMessage())
                        : "cannot be read: " + e.getMessage(),
                file + " line " + line,
                "Copy or download the file again; what lies behind this line is lost",
                e);
    }

    private boolean isText() {
        String name = file.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        return name.endsWith(".txt") || name.endsWith(".md");
    }

    private byte[] head(int bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(bytes);
        }
    }
}
