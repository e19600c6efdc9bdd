package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The columns of a sheet. The heading of a dimension also says its scale, which import leaves out again. */
final class SheetColumns {
    static final String ID = "id";
    static final String COMMENT = "comment";

    private SheetColumns() {}

    /** The header line of a sheet. */
    static List<String> headings() {
        List<String> headings = new ArrayList<>(List.of(ID, "prompt", "response"));
        Dimension.ids().forEach(id -> headings.add(id + " (" + Dimension.LOWEST + " to " + Dimension.HIGHEST + ")"));
        headings.add(COMMENT);
        return headings;
    }

    /** The column that a heading stands for. */
    static String of(String heading) {
        return heading.replaceFirst("\\(.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** Those without which a row cannot be used. */
    static List<String> needed() {
        List<String> columns = new ArrayList<>(List.of(ID));
        columns.addAll(Dimension.ids());
        return columns;
    }
}
