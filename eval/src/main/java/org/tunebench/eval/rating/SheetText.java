package org.tunebench.eval.rating;

import org.tunebench.core.text.VisibleText;

/**
 * A model's text as a rater may see it: what does not show, or turns the text's direction, is written out as
 * {@code [U+202E]}. For a cell of a spreadsheet it is also kept from being a formula, and cut where a cell ends. The key
 * has the text as it was.
 */
final class SheetText {
    /** Excel holds 32,767 characters in a cell; some are left for what is added. */
    static final int MOST_CELL_CHARACTERS = 30_000;

    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private SheetText() {}

    /** The text with everything in it to be seen. Line ends become line feeds, white space around it is left out. */
    static String visible(String text) {
        return VisibleText.of(text.replace("\r\n", "\n").strip());
    }

    /**
     * A visible text for a cell. One that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
     * injection), also in a workbook, which may be saved as CSV; one beyond what a cell holds is cut, and says so.
     */
    static String cell(String visible) {
        String cell = visible;
        if (visible.length() > MOST_CELL_CHARACTERS) {
            int end = MOST_CELL_CHARACTERS
                    - (Character.isHighSurrogate(visible.charAt(MOST_CELL_CHARACTERS - 1)) ? 1 : 0);
            cell = visible.substring(0, end) + " [cut here: " + visible.length() + " characters in all]";
        }
        return startsFormula(cell) ? "'" + cell : cell;
    }

    /** Also where white space comes first, which some spreadsheets skip. */
    private static boolean startsFormula(String cell) {
        int first = 0;
        while (first < cell.length() && cell.charAt(first) == ' ') {
            first++;
        }
        return first < cell.length() && FORMULA_STARTS.indexOf(cell.charAt(first)) >= 0;
    }
}
