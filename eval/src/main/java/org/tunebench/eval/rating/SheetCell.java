package org.tunebench.eval.rating;

/**
 * A text as a spreadsheet may hold it. A cell that a spreadsheet would take for a formula gets an apostrophe before it
 * (OWASP, CSV injection); characters that do not show or that turn the text's direction become visible as {@code [U+202E]};
 * a text beyond what a cell holds is cut, and says so. The key has the text as it was.
 */
final class SheetCell {
    /** Excel holds 32,767 characters; some are left for what is added. */
    static final int MOST_CHARACTERS = 30_000;

    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private SheetCell() {}

    static String of(String text) {
        StringBuilder cell = new StringBuilder();
        int i = 0;
        while (i < text.length() && cell.length() < MOST_CHARACTERS) {
            int codePoint = text.codePointAt(i);
            if (shows(codePoint)) {
                cell.appendCodePoint(codePoint);
            } else {
                cell.append(String.format("[U+%04X]", codePoint));
            }
            i += Character.charCount(codePoint);
        }
        if (i < text.length()) {
            cell.append(" [cut here: ").append(text.length()).append(" characters in all]");
        }
        boolean formula = cell.length() > 0 && startsFormula(cell);
        return (formula ? "'" : "") + cell;
    }

    /** Also where white space comes first, which some spreadsheets skip. */
    private static boolean startsFormula(CharSequence cell) {
        int first = 0;
        while (first < cell.length() && cell.charAt(first) == ' ') {
            first++;
        }
        return first < cell.length() && FORMULA_STARTS.indexOf(cell.charAt(first)) >= 0;
    }

    private static boolean shows(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\t';
            case Character.FORMAT -> codePoint == 0x200D; // joins emoji
            case Character.SURROGATE -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
