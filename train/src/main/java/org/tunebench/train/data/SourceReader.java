package org.tunebench.train.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.KnownNames;

/** Reads one source: records, examples, filters, limit; counts what it drops. */
final class SourceReader {
    private static final long LIMIT_CHOICE = 2;

    private final DataMixture mixture;
    private final List<Predicate<Example>> filters;
    private final Reading reading;
    private final TreeMap<String, Integer> dropped = new TreeMap<>();
    private final List<Example> kept = new ArrayList<>();
    private int records;
    private @Nullable RecordFormat format;

    SourceReader(DataMixture mixture, List<Predicate<Example>> filters, Reading reading) {
        this.mixture = mixture;
        this.filters = filters;
        this.reading = reading;
    }

    List<Example> read() {
        DataSource source = reading.source();
        new RecordFile(source.path()).forEach((values, line) -> {
            records++;
            take(new DataRecord(values, source.columns(), source.path(), line));
        });
        Integer limit = source.limit();
        return limit == null || limit >= kept.size() ? kept : limited(limit);
    }

    SourceCounts counts() {
        int left = dropped.values().stream().mapToInt(Integer::intValue).sum();
        return new SourceCounts(reading.label(), records, dropped, records - left);
    }

    private void take(DataRecord row) {
        RecordFormat reader = format;
        if (reader == null) {
            reader = choose(row);
            format = reader;
        }
        Example example = reader.read(row, reading);
        String reason = reasonToDrop(example);
        if (reason == null) {
            kept.add(example);
        } else {
            dropped.merge(reason, 1, Integer::sum);
        }
    }

    private RecordFormat choose(DataRecord first) {
        DataFormat named = reading.source().format();
        RecordFormat reader = (named == null ? DataFormat.detect(first) : named).reader();
        TreeSet<String> fields = new TreeSet<>(reader.required());
        fields.addAll(reader.optional());
        for (String column : new TreeSet<>(first.columns().keySet())) {
            KnownNames.require("column", column, fields, "data entry " + first.file());
        }
        if (reading.source().templates() != null && !reader.takesTemplates()) {
            throw first.refused("templates: need records with fields", "Remove templates: from this data entry");
        }
        return reader;
    }

    private @Nullable String reasonToDrop(Example example) {
        if (isEmpty(example)) {
            return "empty_response";
        }
        for (int i = 0; i < filters.size(); i++) {
            if (!filters.get(i).test(example)) {
                return mixture.filters().get(i).reason();
            }
        }
        return null;
    }

    private static boolean isEmpty(Example example) {
        return example instanceof Example.RawText raw
                ? raw.text().isBlank()
                : Exchange.of(example).stream().allMatch(e -> e.response().isBlank());
    }

    private List<Example> limited(int limit) {
        int[] order =
                SeededRandom.of(mixture.seed(), LIMIT_CHOICE, reading.index()).permutation(kept.size());
        dropped.merge("limit", kept.size() - limit, Integer::sum);
        return Arrays.stream(order, 0, limit).sorted().mapToObj(kept::get).toList();
    }
}
