package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.List;

/** The columns of a sheet. */
final class SheetColumns {
    static final String ID = "id";
    static final String COMMENT = "comment";

    private SheetColumns() {}

    static List<String> all() {
        List<String> columns = new ArrayList<>(List.of(ID, "prompt", "response"));
        columns.addAll(Dimension.ids());
        columns.add(COMMENT);
        return columns;
    }

    /** Those without which a row cannot be used. */
    static List<String> needed() {
        List<String> columns = new ArrayList<>(List.of(ID));
        columns.addAll(Dimension.ids());
        return columns;
    }
}
