package org.tunebench.eval.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.tunebench.core.input.InputException;

/** Comma-separated files, each record with the line that it begins on. */
final class CsvFile {
    private CsvFile() {}

    /** A record's columns and its place. */
    record Line(CSVRecord columns, String where) {}

    /** Every record of a file; one with a header has it as its first. */
    static List<Line> lines(SuiteData data, Path file) {
        List<Line> lines = new ArrayList<>();
        long line = 0;
        try (CSVParser parser = CSVParser.parse(data.read(file), CSVFormat.DEFAULT)) {
            try {
                Iterator<CSVRecord> records = parser.iterator();
                while (records.hasNext()) {
                    lines.add(new Line(records.next(), data.where(file, line + 1)));
                    line = parser.getCurrentLineNumber();
                }
            } catch (UncheckedIOException | IllegalStateException e) {
                throw new InputException(
                        "malformed CSV: " + problem(e),
                        data.where(file, line + 1),
                        "Close the quotes, and double a quote inside a quoted field",
                        e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a parser over memory", e);
        }
        return lines;
    }

    /** The parser's own words, without the exception that they are wrapped in. */
    private static String problem(RuntimeException e) {
        return String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
    }

    /** The records after the header as objects with the header's names; an empty column is a field that is not there. */
    static List<JsonRow> rows(SuiteData data, Path file) {
        List<Line> lines = lines(data, file);
        List<String> header = lines.get(0).columns().toList();
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (name.isBlank() || !seen.add(name)) {
                throw new InputException(
                        name.isBlank() ? "a column has no name" : "two columns are called '" + name + "'",
                        lines.get(0).where(),
                        "Give each column of the header its own name");
            }
        }
        List<JsonRow> rows = new ArrayList<>();
        for (Line line : lines.subList(1, lines.size())) {
            requireColumns(line, header);
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < header.size(); i++) {
                if (!line.columns().get(i).isEmpty()) {
                    row.put(header.get(i), line.columns().get(i));
                }
            }
            rows.add(new JsonRow(row, line.where()));
        }
        if (rows.isEmpty()) {
            throw new InputException("no item after the header", lines.get(0).where(), "Add a line for each item");
        }
        return rows;
    }

    /** Refuses a record that has not the columns named. */
    static void requireColumns(Line line, List<String> names) {
        if (line.columns().size() != names.size()) {
            throw new InputException(
                    line.columns().size() + " columns, expected " + names.size() + " (" + String.join(", ", names)
                            + ")",
                    line.where(),
                    "Quote commas inside a field");
        }
    }
}
