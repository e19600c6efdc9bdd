package org.tunebench.eval.rating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Separated text: commas, semicolons, tabs or bars, whatever the rater's locale makes of it. */
final class ReturnedCsv {
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    private ReturnedCsv() {}

    static void read(String text, Set<String> ids, ReturnedFile into) {
        // Excel's own hint, sep=; on a line before the header, is a row like others that are no header.
        char separator = separator(text);
        List<List<String>> rows = new ArrayList<>();
        String broken = null;
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .get();
        try (CSVParser parser = CSVParser.parse(text, format)) {
            for (CSVRecord cells : parser) {
                rows.add(cells.toList());
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            broken = firstLine(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a parser over memory", e);
        }
        if (rows.isEmpty() && broken == null) {
            into.refuse(1, null, "the file is empty");
        } else if (!rows.isEmpty() && !ReturnedTable.read(into.name(), rows, ids, into)) {
            into.refuse(1, null, ReturnedTable.NO_HEADER);
        }
        if (broken != null) {
            into.refuse(rows.size() + 1L, null, "malformed CSV from here on: " + broken);
        }
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    /** The one that the lines before and with the header have most of. */
    private static char separator(String text) {
        List<String> lines = text.lines().limit(ReturnedTable.HEADER_WITHIN).toList();
        String header = lines.stream()
                .max(Comparator.comparingInt(ReturnedCsv::knownWords))
                .orElse("");
        char most = SEPARATORS[0];
        for (char separator : SEPARATORS) {
            if (count(header, separator) > count(header, most)) {
                most = separator;
            }
        }
        return most;
    }

    private static int knownWords(String line) {
        return (int) SheetColumns.ofRatings().stream()
                .filter(line.toLowerCase(Locale.ROOT)::contains)
                .count();
    }

    private static long count(String text, char character) {
        return text.chars().filter(c -> c == character).count();
    }
}
