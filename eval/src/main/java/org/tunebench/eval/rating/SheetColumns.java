package org.tunebench.eval.rating;

import java.util.ArrayList;
import java.util.List;

/** The columns of a sheet that is a table. The heading of what is filled in also says how, which import leaves out again. */
final class SheetColumns {
    static final String ID = "id";
    static final String PROMPT = "prompt";
    static final String RESPONSE = "response";
    static final String RESPONSE_A = "response_a";
    static final String RESPONSE_B = "response_b";
    static final String PREFERENCE = "preference";
    static final String COMMENT = "comment";

    private SheetColumns() {}

    /** The columns of responses to rate. */
    static List<String> ofRatings() {
        List<String> columns = new ArrayList<>(List.of(ID, PROMPT, RESPONSE));
        columns.addAll(Dimension.ids());
        columns.add(COMMENT);
        return columns;
    }

    /** The columns of pairs to compare. */
    static List<String> ofPairs() {
        return List.of(ID, PROMPT, RESPONSE_A, RESPONSE_B, PREFERENCE, COMMENT);
    }

    static String heading(String column) {
        if (Dimension.ids().contains(column)) {
            return column + " (" + Dimension.LOWEST + " to " + Dimension.HIGHEST + ")";
        }
        return switch (column) {
            case PREFERENCE -> column + " (A, B, tie or both bad)";
            case RESPONSE_A -> "response A";
            case RESPONSE_B -> "response B";
            default -> column;
        };
    }

    /** The cells of a row that are not for the rater to fill in. */
    static List<String> cells(RaterSheet.Response row) {
        return List.of(row.id(), SheetText.cell(row.prompt()), SheetText.cell(row.response()));
    }

    /** The same of a pair. */
    static List<String> cells(RaterSheet.Pair row) {
        return List.of(
                row.id(), SheetText.cell(row.prompt()), SheetText.cell(row.first()), SheetText.cell(row.second()));
    }
}
