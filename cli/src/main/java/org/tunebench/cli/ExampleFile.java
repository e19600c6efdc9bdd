package org.tunebench.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.ExampleLines;
import org.tunebench.train.data.ExampleSink;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.filter.FilterInputs;

/** A data file that is written here: an example a line, there whole or not at all. */
final class ExampleFile {
    /** Bad records that are told of each source. */
    private static final int TOLD = 5;

    private ExampleFile() {}

    /**
     * Reads a mixture and writes what it keeps.
     *
     * @param others sees what is kept, too, and what is not
     * @return what became of each source's records
     */
    static List<SourceCounts> write(DataMixture mixture, FilterInputs inputs, Path out, ExampleSink others) {
        OutputFile.require("--out", out, files(mixture.sources()));
        List<SourceCounts> counts = new ArrayList<>();
        AtomicFiles.write(out, temporary -> {
            try (BufferedWriter lines = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                counts.addAll(Dataset.stream(mixture, inputs, new ExampleSink() {
                    @Override
                    public void kept(Example example) {
                        writeLine(lines, ExampleLines.of(example));
                        others.kept(example);
                    }

                    @Override
                    public void dropped(Example example, String reason, String objection) {
                        others.dropped(example, reason, objection);
                    }
                }));
            }
        });
        return counts;
    }

    static void writeLine(BufferedWriter lines, String line) {
        try {
            lines.write(line);
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the examples cannot be written", e);
        }
    }

    /** A line for each of the first bad records of each source, and one that says how many more there are. */
    static List<String> badRecords(List<SourceCounts> counts) {
        List<String> lines = new ArrayList<>();
        for (SourceCounts source : counts) {
            source.badRecords().stream()
                    .limit(TOLD)
                    .forEach(bad -> lines.add("  " + bad.where() + ": " + bad.reason()));
            if (source.bad() > TOLD) {
                lines.add("  and " + (source.bad() - TOLD) + " more");
            }
        }
        return lines;
    }

    /** The files that sources are read from. */
    static List<Path> files(List<DataSource> sources) {
        return sources.stream().flatMap(source -> source.files().stream()).toList();
    }
}
