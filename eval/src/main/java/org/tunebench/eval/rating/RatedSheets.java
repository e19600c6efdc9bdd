package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Ratings;

/** Usable rows put together with the key: ratings and preferences of models, and apart from them what tests the raters. */
final class RatedSheets {
    private final SheetKey key;
    private final List<Ratings.Row> rows = new ArrayList<>();
    private final List<Ratings.Row> repeatedRows = new ArrayList<>();
    private final List<Ratings.Preference> preferences = new ArrayList<>();
    private final List<Ratings.Preference> repeatedPreferences = new ArrayList<>();
    private final List<Ratings.Gold> gold = new ArrayList<>();

    private RatedSheets(SheetKey key) {
        this.key = key;
    }

    static Ratings ratings(SheetKey key, List<SheetImport.RatedRow> rated, List<Ratings.Unusable> unusable) {
        RatedSheets sheets = new RatedSheets(key);
        Map<String, Set<@Nullable String>> annotators = new HashMap<>();
        for (SheetImport.RatedRow row : rated) {
            annotators
                    .computeIfAbsent(row.key().rater(), r -> new HashSet<>())
                    .add(row.returned().annotator());
        }
        rated.stream()
                .sorted(Comparator.comparing((SheetImport.RatedRow r) -> r.key().rater())
                        .thenComparingInt(r -> r.key().position()))
                .forEach(row -> sheets.add(row, rater(row, annotators)));
        return RatingStatistics.complete(new Ratings(
                Ratings.SCHEMA,
                Dimension.ids(),
                RatingMeans.byModel(sheets.rows),
                sheets.rows,
                unusable,
                sheets.preferences,
                new Ratings.Checks(sheets.repeatedRows, sheets.repeatedPreferences, sheets.gold),
                null,
                null,
                null));
    }

    /** The sheet's rater; where several people filled in one sheet, each is one. */
    private static String rater(SheetImport.RatedRow row, Map<String, Set<@Nullable String>> annotators) {
        String rater = row.key().rater();
        String annotator = row.returned().annotator();
        boolean several = annotators.getOrDefault(rater, Set.of()).size() > 1;
        return several && annotator != null ? rater + " (" + annotator + ")" : rater;
    }

    private void add(SheetImport.RatedRow row, String rater) {
        SheetKey.Item item = key.items().get(row.key().item());
        if (row.key().gold() != null) {
            gold.add(new Ratings.Gold(
                    row.key().id(),
                    rater,
                    item.promptId(),
                    row.key().gold().ratings(),
                    row.values().ratings(),
                    row.key().gold().choice(),
                    row.values().choice()));
        } else if (row.key().other() == null) {
            (row.key().repeats() == null ? rows : repeatedRows)
                    .add(new Ratings.Row(
                            row.key().id(),
                            rater,
                            Objects.requireNonNullElse(item.model(), ""),
                            item.promptId(),
                            row.values().ratings(),
                            row.values().comment(),
                            row.key().position()));
        } else {
            addPreference(row, rater, item, key.items().get(row.key().other()));
        }
    }

    private void addPreference(SheetImport.RatedRow row, String rater, SheetKey.Item first, SheetKey.Item second) {
        (row.key().repeats() == null ? preferences : repeatedPreferences)
                .add(new Ratings.Preference(
                        row.key().id(),
                        rater,
                        first.promptId(),
                        Objects.requireNonNullElse(first.model(), ""),
                        Objects.requireNonNullElse(second.model(), ""),
                        Objects.requireNonNull(row.values().choice()),
                        row.values().comment(),
                        row.key().position()));
    }
}
