package org.tunebench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Sha256;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.ExampleSink;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.file.BadRecord;
import org.tunebench.train.data.filter.FilterCount;
import org.tunebench.train.data.filter.FilterCounts;
import org.tunebench.train.data.filter.FilterInputs;

/** Writes the examples that filters keep to one file and what became of the others to a second, each whole or not at all. */
final class FilteredFile {
    private FilteredFile() {}

    /** What the second file holds. */
    private record Report(List<Source> data, long kept, List<FilterCount> filters, Map<String, Long> categories) {}

    private record Source(
            String path,
            String sha256,
            String format,
            int read,
            int bad,
            List<BadRecord> badRecords,
            int kept,
            Map<String, Integer> dropped) {}

    /**
     * Reads, filters, writes.
     *
     * @return a line for each source
     * @throws org.tunebench.core.input.InputException where an input cannot be used, and where every example of a source is dropped
     */
    static List<String> write(DataMixture mixture, FilterInputs inputs, Path out, Path report) {
        FilterCounts filtered = new FilterCounts(mixture.filters());
        Map<String, Long> categories = new TreeMap<>();
        List<SourceCounts> counts = ExampleFile.write(mixture, inputs, out, new ExampleSink() {
            @Override
            public void kept(Example example) {
                String category = example.origin().category();
                if (category != null) {
                    categories.merge(category, 1L, Long::sum);
                }
            }

            @Override
            public void dropped(Example example, String reason, String objection) {
                filtered.dropped(example, reason, objection);
            }
        });
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            sources.add(source(mixture.sources().get(i).path(), counts.get(i)));
        }
        long kept = counts.stream().mapToLong(SourceCounts::kept).sum();
        AtomicFiles.writeJson(report, new Report(sources, kept, filtered.counts(), categories));
        return counts.stream().map(SourceCounts::toString).toList();
    }

    private static Source source(Path path, SourceCounts counts) {
        return new Source(
                path.toString(),
                Sha256.of(path),
                counts.format(),
                counts.read(),
                counts.bad(),
                counts.badRecords(),
                counts.kept(),
                counts.dropped());
    }
}
