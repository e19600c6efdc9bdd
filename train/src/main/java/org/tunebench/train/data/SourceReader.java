package org.tunebench.train.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.train.category.CategoryTags;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.file.BadRecord;
import org.tunebench.train.data.file.DataRecord;
import org.tunebench.train.data.file.RecordFile;
import org.tunebench.train.data.file.RecordSink;
import org.tunebench.train.data.format.DataFormat;
import org.tunebench.train.data.format.Reading;
import org.tunebench.train.data.format.RecordReader;

/** Reads the files of one source once: records to examples; counts what cannot be used. */
final class SourceReader {
    /** Bad records that are remembered, of each source. */
    private static final int REMEMBERED = 1000;
    /** Bad records that a refusal tells. */
    private static final int TOLD = 5;
    /** Records at the beginning of a file that may be bad before one tells the format. */
    private static final int UNDETECTED = 100;

    private final DataMixture mixture;
    private final DataSource source;
    private final int index;
    private final Filtering filtering;
    private final TreeSet<String> formats = new TreeSet<>();
    private final List<BadRecord> badRecords = new ArrayList<>();
    private int records;
    private int bad;

    SourceReader(DataMixture mixture, int index, Filtering filtering) {
        this.mixture = mixture;
        this.source = mixture.sources().get(index);
        this.index = index;
        this.filtering = filtering;
    }

    /** @throws InputException where a file cannot be read, or too many of its records cannot be used */
    SourceCounts read(FileLabels labels) {
        String name = "";
        for (Path file : source.files()) {
            String label = labels.next(file);
            name = name.isEmpty() ? label : name;
            OneFile reading = new OneFile(file, label);
            new RecordFile(file).forEach(reading);
            reading.end();
        }
        if (bad > mixture.badRecords() * records) {
            throw tooManyBad();
        }
        return new SourceCounts(
                source.isFolder() ? String.valueOf(source.path().getFileName()) : name,
                formats.isEmpty() ? "none" : String.join("+", formats),
                records,
                bad,
                badRecords,
                filtering.dropped(),
                filtering.kept());
    }

    private InputException tooManyBad() {
        BadRecord first = badRecords.get(0);
        String others = badRecords.subList(1, Math.min(TOLD, badRecords.size())).stream()
                .map(b -> "; " + b.where() + ": " + b.reason())
                .collect(Collectors.joining());
        return new InputException(
                first.reason() + " (" + bad + " of " + records
                        + " records cannot be used; bad_records allows a part of " + mixture.badRecords() + others
                        + (bad > TOLD ? "; and " + (bad - TOLD) + " more" : "") + ")",
                first.where(),
                first.mend());
    }

    private void take(Example example) {
        filtering.take(predictsCategory() ? CategoryTags.tagged(example) : example);
    }

    private boolean predictsCategory() {
        return DataSource.PREDICTED.equals(source.category());
    }

    private void takeBad(BadRecord record) {
        bad++;
        if (badRecords.size() < REMEMBERED) {
            badRecords.add(record);
        }
        filtering.sink().bad(record);
    }

    /** The records of one file, whose format is that of the first that tells. */
    private final class OneFile implements RecordSink {
        private final Path file;
        private final String label;
        private @Nullable RecordReader reader;
        private @Nullable InputException undetected;
        private int tried;

        OneFile(Path file, String label) {
            this.file = file;
            this.label = label;
        }

        @Override
        public void record(ObjectNode values, int line) {
            records++;
            DataRecord row = new DataRecord(values, source.columns(), file, line);
            RecordReader known = reader == null ? reader(row) : reader;
            if (known == null) {
                return;
            }
            List<Example> found = new ArrayList<>();
            try {
                known.read(row, found::add);
            } catch (InputException e) {
                takeBad(BadRecord.of(row, e));
            }
            found.forEach(SourceReader.this::take); // what filters and the sink refuse is no bad record
        }

        @Override
        public void bad(BadRecord record) {
            records++;
            takeBad(record);
        }

        void end() {
            if (reader != null) {
                reader.end(SourceReader.this::take);
            } else if (undetected != null) {
                throw undetected;
            }
        }

        private @Nullable RecordReader reader(DataRecord row) {
            DataFormat format;
            try {
                format = format(row);
            } catch (InputException e) {
                undetected = undetected == null ? e : undetected;
                if (++tried >= UNDETECTED) {
                    throw undetected;
                }
                takeBad(BadRecord.of(row, e));
                return null;
            }
            formats.add(format.id());
            reader = format.reader(reading(), source.columns(), "data entry " + file);
            return reader;
        }

        private DataFormat format(DataRecord row) {
            if (source.format() != null) {
                return source.format();
            }
            boolean fromTemplates =
                    source.templates() != null && source.templates().respond();
            return fromTemplates ? DataFormat.RECORDS : DataFormat.detect(row);
        }

        private Reading reading() {
            String task = source.task();
            if (task == null && source.isFolder()) {
                task = String.valueOf(file.getFileName()).replaceFirst("\\.[a-z]+(\\.gz)?$", "");
            }
            return new Reading(
                    index,
                    label,
                    source.templates(),
                    source.system(),
                    task,
                    predictsCategory() ? null : source.category(),
                    source.paths(),
                    source.positiveExamples(),
                    mixture.inputHeading(),
                    mixture.seed());
        }
    }
}
