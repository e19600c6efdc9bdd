package org.tunebench.eval.rating;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.tunebench.core.record.Ratings;

/**
 * A table with a header somewhere near its top. Columns may have moved, lost their headings' letters or been joined by
 * others: a column is known by its heading, by one nearly like it, by standing where it was put, or, the ids', by what is
 * in it.
 */
final class ReturnedTable {
    static final int HEADER_WITHIN = 30;
    static final String NO_HEADER = "no row with the headings of a sheet (id, helpfulness, …); nothing of it is used";

    private static final int MOST_EDITS = 2;
    private static final int SHORTEST_WITH_EDITS = 6;

    private final List<List<String>> rows;
    private final Set<String> ids;

    private ReturnedTable(List<List<String>> rows, Set<String> ids) {
        this.rows = rows;
        this.ids = ids;
    }

    /**
     * Reads a table's rows, and lists what is missing.
     *
     * @param name the file's, for the rows
     * @param rows as a spreadsheet counts them
     * @return whether it has a header of ours
     */
    static boolean read(String name, List<List<String>> rows, Set<String> ids, ReturnedFile into) {
        ReturnedTable table = new ReturnedTable(rows, ids);
        for (int row = 0; row < Math.min(HEADER_WITHIN, rows.size()); row++) {
            Map<String, Integer> columns = table.columns(row);
            boolean filled = columns.containsKey(SheetColumns.PREFERENCE)
                    || Dimension.ids().stream().anyMatch(columns::containsKey);
            if (filled && columns.size() > 1) {
                table.read(name, row, columns, into);
                return true;
            }
        }
        return false;
    }

    private void read(String name, int header, Map<String, Integer> columns, ReturnedFile into) {
        if (!columns.containsKey(SheetColumns.ID)) {
            into.unusable()
                    .add(new Ratings.Unusable(
                            name, header + 1L, null, "the sheet has no column id; none of its rows is used"));
            return;
        }
        List<String> missing = columns.containsKey(SheetColumns.PREFERENCE)
                ? List.of()
                : Dimension.ids().stream().filter(d -> !columns.containsKey(d)).toList();
        if (!missing.isEmpty()) {
            into.unusable()
                    .add(new Ratings.Unusable(
                            name,
                            header + 1L,
                            null,
                            "the sheet has no column " + String.join(", ", missing) + "; the others are used"));
        }
        for (int row = header + 1; row < rows.size(); row++) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (Map.Entry<String, Integer> column : columns.entrySet()) {
                String cell = cell(row, column.getValue());
                if (!cell.isEmpty()) {
                    cells.put(column.getKey(), cell);
                }
            }
            if (!cells.isEmpty()) {
                into.rows().add(new ReturnedRow(name, row + 1L, null, cells));
            }
        }
    }

    /** Column → index, for a row taken as the header. */
    private Map<String, Integer> columns(int header) {
        Map<String, Integer> columns = new HashMap<>();
        List<String> headings = rows.get(header);
        for (int i = 0; i < headings.size(); i++) {
            Optional<String> known = named(headings.get(i));
            if (known.isPresent()) {
                columns.putIfAbsent(known.get(), i);
            }
        }
        for (int i = 0; i < headings.size(); i++) {
            if (!columns.containsValue(i)) {
                nearlyNamed(headings.get(i), columns, i);
            }
        }
        byPlace(headings, columns);
        byContent(header, columns);
        return columns;
    }

    static Optional<String> named(String heading) {
        String plain = plain(heading);
        return known().filter(c -> plain(c).equals(plain)).findFirst();
    }

    private static void nearlyNamed(String heading, Map<String, Integer> columns, int index) {
        String plain = plain(heading);
        known().filter(c -> !columns.containsKey(c) && plain(c).length() >= SHORTEST_WITH_EDITS)
                .filter(c -> !c.startsWith(SheetColumns.RESPONSE))
                .filter(c -> new LevenshteinDistance(MOST_EDITS).apply(plain(c), plain) >= 0)
                .findFirst()
                .ifPresent(c -> columns.put(c, index));
    }

    /** Where every column that is known stands where it was put, so do those whose headings were changed. */
    private static void byPlace(List<String> headings, Map<String, Integer> columns) {
        for (List<String> layout : List.of(SheetColumns.ofRatings(), SheetColumns.ofPairs())) {
            boolean own = columns.size() > 1
                    && columns.entrySet().stream().allMatch(e -> layout.indexOf(e.getKey()) == e.getValue());
            if (own) {
                for (int i = 0; i < Math.min(headings.size(), layout.size()); i++) {
                    if (!headings.get(i).isBlank()) {
                        columns.putIfAbsent(layout.get(i), i);
                    }
                }
                return;
            }
        }
    }

    /** The column in which ids of the key stand, whatever it is called; Label Studio's own ids are in one called id. */
    private void byContent(int header, Map<String, Integer> columns) {
        Map<Integer, Integer> found = new HashMap<>();
        for (int row = header + 1; row < rows.size(); row++) {
            for (int i = 0; i < rows.get(row).size(); i++) {
                if (ids.contains(cell(row, i))) {
                    found.merge(i, 1, Integer::sum);
                }
            }
        }
        found.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .ifPresent(most -> columns.put(SheetColumns.ID, most.getKey()));
    }

    private String cell(int row, int column) {
        List<String> cells = rows.get(row);
        return column < cells.size() ? cells.get(column).strip() : "";
    }

    private static Stream<String> known() {
        return Stream.concat(SheetColumns.ofRatings().stream(), SheetColumns.ofPairs().stream())
                .distinct();
    }

    /** Without what the heading says on how to fill it in. */
    private static String plain(String heading) {
        return heading.replaceFirst("\\(.*", "").toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
