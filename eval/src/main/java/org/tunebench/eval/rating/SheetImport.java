package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Ratings;

/**
 * Reads filled sheets back, in any of the formats, as many files as came. A row that cannot be used is listed with file, row
 * and reason; the rest is used. Where a row came twice the first file given counts.
 */
public final class SheetImport {
    private static final Pattern ID = Pattern.compile("([a-z]{4,8})-[0-9]+-[0-9]+");

    private final SheetKey key;
    private final Map<String, SheetKey.Row> keyRows = new HashMap<>();
    private final List<Ratings.Unusable> unusable = new ArrayList<>();
    private final List<RatedRow> rated = new ArrayList<>();
    private final Map<String, ReturnedRow> firstOf = new HashMap<>();
    private final Map<String, ReturnedRow> unrated = new LinkedHashMap<>();
    private final Map<String, Integer> fileOrder = new HashMap<>();

    /** A returned row that can be used, with what the key says of it. */
    record RatedRow(SheetKey.Row key, ReturnedRow returned, RowValues values) {}

    private SheetImport(SheetKey key) {
        this.key = key;
        key.rows().forEach(row -> keyRows.put(row.id(), row));
    }

    /**
     * Reads sheets with their key.
     *
     * @throws InputException where the key or a file cannot be read at all, a file is of sheets with another key, or no row
     *     of all files can be used
     */
    public static Ratings read(List<Path> files, Path keyFile) {
        SheetKey key = SheetKey.read(keyFile);
        SheetImport reader = new SheetImport(key);
        for (Path file : files) {
            ReturnedFile returned = ReturnedFile.read(file, reader.keyRows.keySet());
            reader.requireOwn(returned, file, keyFile);
            reader.unusable.addAll(returned.unusable());
            returned.rows().forEach(row -> reader.fileOrder.putIfAbsent(row.file(), reader.fileOrder.size()));
            returned.unusable().forEach(u -> reader.fileOrder.putIfAbsent(u.file(), reader.fileOrder.size()));
            returned.rows().forEach(reader::add);
        }
        reader.unrated.forEach((id, row) -> {
            if (!reader.firstOf.containsKey(id)) {
                reader.refuse(row, RowValues.NOT_RATED);
            }
        });
        if (reader.rated.isEmpty()) {
            String first = reader.unusable.stream()
                    .findFirst()
                    .map(u -> u.file() + " row " + u.row() + ": " + u.reason())
                    .orElse("they have no rows");
            throw new InputException(
                    "no usable rating in " + files.size() + (files.size() == 1 ? " file" : " files") + " (" + first
                            + ")",
                    "sheets import",
                    "Give the filled sheets and the key that was written with them");
        }
        return RatedSheets.ratings(key, reader.rated, reader.sortedUnusable());
    }

    /** A file all of whose ids begin with other letters was written with another key. */
    private void requireOwn(ReturnedFile returned, Path file, Path keyFile) {
        Set<String> others = new LinkedHashSet<>();
        for (ReturnedRow row : returned.rows()) {
            String id = row.cell(SheetColumns.ID);
            if (keyRows.containsKey(id)) {
                return;
            }
            Matcher matcher = ID.matcher(id);
            if (matcher.matches() && !matcher.group(1).equals(key.set())) {
                others.add(matcher.group(1));
            }
        }
        if (!others.isEmpty()) {
            throw new InputException(
                    "the sheet belongs to another key: its ids begin with '" + String.join("', '", others)
                            + "', those of this key with '" + key.set() + "'",
                    file + ", key " + keyFile,
                    "Give the key that was written with this sheet, or leave the sheet out");
        }
    }

    private void add(ReturnedRow row) {
        String id = row.cell(SheetColumns.ID);
        SheetKey.Row known = keyRows.get(id);
        if (id.isEmpty() || known == null) {
            refuse(row, id.isEmpty() ? "it has no id" : "the key has no id '" + shortened(id) + "'");
            return;
        }
        Optional<String> changed = SheetTexts.changed(key, known, row);
        if (changed.isPresent()) {
            refuse(row, changed.get());
            return;
        }
        RowValues values = RowValues.of(row, known.other() != null);
        if (values.problem() != null) {
            refuse(row, values.problem());
        } else if (values.isEmpty()) {
            unrated.putIfAbsent(id, row);
        } else {
            addRated(known, row, values);
        }
    }

    private void addRated(SheetKey.Row known, ReturnedRow row, RowValues values) {
        ReturnedRow first = firstOf.putIfAbsent(known.id(), row);
        String by = known.id() + "\n" + row.annotator();
        ReturnedRow own = first == null ? null : firstOf.get(by);
        if (first != null && (own != null || row.annotator() == null || first.annotator() == null)) {
            ReturnedRow before = own == null ? first : own;
            boolean same = RowValues.of(before, known.other() != null).equals(values);
            refuse(row, "it was rated already in " + before.place() + (same ? ", the same" : ", otherwise"));
            return;
        }
        firstOf.put(by, row);
        rated.add(new RatedRow(known, row, values));
    }

    private void refuse(ReturnedRow row, String reason) {
        String id = row.cell(SheetColumns.ID);
        unusable.add(new Ratings.Unusable(row.file(), row.row(), id.isEmpty() ? null : shortened(id), reason));
    }

    private static String shortened(String id) {
        return id.length() > 60 ? id.substring(0, 60) + "…" : id;
    }

    /** By file as they came, then by row. */
    private List<Ratings.Unusable> sortedUnusable() {
        return unusable.stream()
                .distinct()
                .sorted(Comparator.<Ratings.Unusable>comparingInt(u -> fileOrder.getOrDefault(u.file(), 0))
                        .thenComparingLong(Ratings.Unusable::row)
                        .thenComparing(Ratings.Unusable::reason))
                .toList();
    }
}
