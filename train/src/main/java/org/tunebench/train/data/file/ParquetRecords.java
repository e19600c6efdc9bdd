package org.tunebench.train.data.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;

/** The rows of a Parquet file, one row group after the other. A record's line is its row, counted from 1. */
final class ParquetRecords {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final Path file;
    private final LocalInputFile input;
    private int row;

    ParquetRecords(Path file) {
        this.file = file;
        this.input = new LocalInputFile(file);
    }

    /** Whether a file begins with these bytes. */
    static boolean begins(byte[] head) {
        return Arrays.equals(head, MAGIC);
    }

    /** @throws InputException where the file is damaged, or packed in a way that cannot be read */
    void forEach(RecordSink sink) {
        ParquetReadOptions options = ParquetReadOptions.builder()
                .withCodecFactory(new ParquetCodecs())
                .build();
        try (ParquetFileReader reader = open(options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
            PageReadStore pages = nextRowGroup(reader);
            while (pages != null) {
                RecordReader<Group> rows = rows(columns, pages, schema);
                for (long left = pages.getRowCount(); left > 0; left--) {
                    ObjectNode values = values(rows);
                    row++;
                    sink.record(values, row);
                }
                pages = nextRowGroup(reader);
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    // A damaged file comes out of the library as any of a dozen exceptions, of any kind.

    private ParquetFileReader open(ParquetReadOptions options) {
        try {
            return ParquetFileReader.open(input, options);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw damaged(e);
        }
    }

    private @Nullable PageReadStore nextRowGroup(ParquetFileReader reader) {
        try {
            return reader.readNextRowGroup();
        } catch (IOException | RuntimeException | LinkageError e) {
            throw damaged(e);
        }
    }

    private RecordReader<Group> rows(MessageColumnIO columns, PageReadStore pages, MessageType schema) {
        try {
            return columns.getRecordReader(pages, new GroupRecordConverter(schema));
        } catch (RuntimeException | LinkageError e) {
            throw damaged(e);
        }
    }

    private ObjectNode values(RecordReader<Group> rows) {
        try {
            return ParquetJson.object(rows.read());
        } catch (RuntimeException | LinkageError e) {
            throw damaged(e);
        }
    }

    private InputException damaged(Throwable e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new InputException(
                "not a whole Parquet file: " + reason.replace(input.toString(), "it"),
                file + " row " + (row + 1),
                "Copy or download the file again, or write it anew with snappy, zstd or gzip",
                e);
    }
}
