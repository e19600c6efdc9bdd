package org.tunebench.eval.rating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Ratings;

/**
 * Reads filled sheets back. Separators may have become semicolons or tabs, columns may have moved, rows may be missing. A row
 * that cannot be used is listed with file, row and reason; the rest is used.
 */
public final class SheetImport {
    private final SheetKey key;
    private final Map<String, SheetKey.Row> rowsById = new HashMap<>();
    private final Map<String, String> firstSeen = new HashMap<>();
    private final List<Ratings.Row> usable = new ArrayList<>();
    private final List<Ratings.Unusable> unusable = new ArrayList<>();

    private SheetImport(SheetKey key) {
        this.key = key;
        key.rows().forEach(row -> rowsById.put(row.id(), row));
    }

    /**
     * Reads sheets with their key.
     *
     * @throws InputException where the key or a sheet cannot be read at all, or no row of all sheets can be used
     */
    public static Ratings read(List<Path> sheets, Path keyFile) {
        SheetImport reader = new SheetImport(SheetKey.read(keyFile));
        sheets.forEach(reader::readSheet);
        if (reader.usable.isEmpty()) {
            String first = reader.unusable.stream()
                    .findFirst()
                    .map(u -> u.file() + " row " + u.row() + ": " + u.reason())
                    .orElse("the sheets have no rows");
            throw new InputException(
                    "no usable rating in " + sheets.size() + " sheets (" + first + ")",
                    "sheets import",
                    "Give the filled sheets and the key that was written with them");
        }
        return new Ratings(
                Ratings.SCHEMA, Dimension.ids(), RatingMeans.byModel(reader.usable), reader.usable, reader.unusable);
    }

    private void readSheet(Path file) {
        String text = text(file);
        String name = file.getFileName().toString();
        CSVFormat format =
                CSVFormat.DEFAULT.builder().setDelimiter(delimiter(text)).get();
        long row = 0;
        try (CSVParser parser = CSVParser.parse(text, format)) {
            Map<String, Integer> columns = Map.of();
            for (CSVRecord cells : parser) {
                row = cells.getRecordNumber();
                if (row > 1) {
                    readRow(name, row, cells, columns);
                    continue;
                }
                columns = columns(cells);
                String missing = missing(columns);
                if (!missing.isEmpty()) {
                    unusable.add(new Ratings.Unusable(
                            name, 1, null, "the sheet has no column " + missing + "; none of its rows is used"));
                    return;
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            unusable.add(new Ratings.Unusable(
                    name, row + 1, null, "malformed CSV from here on: " + firstLine(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a parser over memory", e);
        }
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InputException(
                    "the sheet is not UTF-8", file.toString(), "Save it as CSV UTF-8 in the spreadsheet program", e);
        } catch (IOException e) {
            throw new InputException("the sheet cannot be read", file.toString(), "Check the path", e);
        }
    }

    /** The separator that the header line has most of. */
    private static char delimiter(String text) {
        String header = text.lines().findFirst().orElse("");
        char most = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, most)) {
                most = candidate;
            }
        }
        return most;
    }

    private static long count(String text, char character) {
        return text.chars().filter(c -> c == character).count();
    }

    private static Map<String, Integer> columns(CSVRecord header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(SheetColumns.of(header.get(i)), i);
        }
        return columns;
    }

    private static String missing(Map<String, Integer> columns) {
        return String.join(
                ", ",
                SheetColumns.needed().stream()
                        .filter(c -> !columns.containsKey(c))
                        .toList());
    }

    private void readRow(String file, long row, CSVRecord cells, Map<String, Integer> columns) {
        String id = cell(cells, columns, SheetColumns.ID);
        Map<String, Integer> ratings = new LinkedHashMap<>();
        String reason = problem(file, row, id, cells, columns, ratings).orElse("");
        SheetKey.Row rated = rowsById.get(id);
        if (!reason.isEmpty() || rated == null) {
            unusable.add(new Ratings.Unusable(file, row, id.isEmpty() ? null : id, reason));
            return;
        }
        SheetKey.Item item = key.items().get(rated.item());
        String comment = cell(cells, columns, SheetColumns.COMMENT);
        usable.add(new Ratings.Row(
                id, rated.rater(), item.model(), item.promptId(), ratings, comment.isEmpty() ? null : comment));
    }

    /** Why a row cannot be used; fills in its ratings. */
    private Optional<String> problem(
            String file,
            long row,
            String id,
            CSVRecord cells,
            Map<String, Integer> columns,
            Map<String, Integer> ratings) {
        if (id.isEmpty()) {
            return Optional.of("it has no id");
        }
        if (!rowsById.containsKey(id)) {
            return Optional.of("the key has no id '" + id + "'");
        }
        List<String> empty = new ArrayList<>();
        for (String dimension : Dimension.ids()) {
            String cell = cell(cells, columns, dimension);
            if (cell.isEmpty()) {
                empty.add(dimension);
                continue;
            }
            int rating = rating(cell);
            if (rating < Dimension.LOWEST || rating > Dimension.HIGHEST) {
                return Optional.of(dimension + " is '" + cell + "', expected 1 to 5");
            }
            ratings.put(dimension, rating);
        }
        if (ratings.isEmpty()) {
            return Optional.of("it is not rated");
        }
        if (!empty.isEmpty()) {
            return Optional.of(String.join(", ", empty) + " not rated");
        }
        String first = firstSeen.putIfAbsent(id, file + " row " + row);
        return first == null ? Optional.empty() : Optional.of("it was rated already in " + first);
    }

    /** A whole number, as {@code 4}, {@code 4.0} or {@code 4,0}; 0 for anything else. */
    private static int rating(String cell) {
        return cell.matches("[0-9]([.,]0+)?") ? cell.charAt(0) - '0' : 0;
    }

    private static String cell(CSVRecord cells, Map<String, Integer> columns, String column) {
        Integer index = columns.get(column);
        return index == null || index >= cells.size() ? "" : cells.get(index).strip();
    }
}
