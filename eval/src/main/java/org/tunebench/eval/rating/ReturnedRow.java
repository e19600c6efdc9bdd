package org.tunebench.eval.rating;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a sheet that came back.
 *
 * @param file its name, with the sheet's where a workbook has several
 * @param row as a spreadsheet counts, the header being row 1; of a JSON file the entry, from 1
 * @param annotator who filled it in, where the file says so
 * @param cells column of {@link SheetColumns} → what it says, without white space around it; empty ones are left out
 */
record ReturnedRow(String file, long row, @Nullable String annotator, Map<String, String> cells) {
    String cell(String column) {
        return cells.getOrDefault(column, "");
    }

    /** The place, for a message. */
    String place() {
        return file + " row " + row;
    }
}
