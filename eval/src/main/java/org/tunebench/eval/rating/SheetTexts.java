package org.tunebench.eval.rating;

import java.util.List;
import java.util.Optional;

/**
 * Whether a returned row still holds the texts that its id stands for. They differ where somebody edited them, or sorted
 * some columns and not the others: then the ratings may be of another response. What programs do to a text on the way,
 * such as other quotes, lost accents and cut ends, does not count.
 */
final class SheetTexts {
    private static final int COMPARED = 5_000;
    private static final int LOOKED_AT = 2 * SheetText.MOST_CELL_CHARACTERS / 3;

    private SheetTexts() {}

    /** What is not as it was; a text that did not come back says nothing. */
    static Optional<String> changed(SheetKey key, SheetKey.Row row, ReturnedRow returned) {
        SheetKey.Item item = key.items().get(row.item());
        if (differs(SheetText.visible(item.prompt()), returned.cell(SheetColumns.PROMPT))) {
            return Optional.of("its prompt is not the one that its id stands for");
        }
        List<String> columns = row.other() == null
                ? List.of(SheetColumns.RESPONSE)
                : List.of(SheetColumns.RESPONSE_A, SheetColumns.RESPONSE_B);
        for (String column : columns) {
            SheetKey.Item own = column.equals(SheetColumns.RESPONSE_B) && row.other() != null
                    ? key.items().get(row.other())
                    : item;
            if (differs(SheetExport.shown(own), returned.cell(column))) {
                return Optional.of("its " + SheetColumns.heading(column) + " is not the one that its id stands for");
            }
        }
        return Optional.empty();
    }

    private static boolean differs(String shown, String returned) {
        if (returned.isEmpty()) {
            return false;
        }
        String latin = latin(shown);
        return latin.isEmpty()
                ? !hasLost(returned) && !same(letters(shown), letters(returned))
                : !same(latin, latin(returned));
    }

    /** Of long texts the beginnings, which may have moved by what was put before them. */
    private static boolean same(String shown, String returned) {
        if (Math.max(shown.length(), returned.length()) < COMPARED) {
            return shown.equals(returned);
        }
        int common = Math.min(COMPARED, Math.min(shown.length(), returned.length()));
        return common >= COMPARED / 2 && shown.regionMatches(0, returned, 0, common);
    }

    /** Letters and digits that every character set has. */
    private static String latin(String text) {
        return beginning(text).replaceAll("[^A-Za-z0-9]", "");
    }

    private static String letters(String text) {
        return beginning(text).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Whether a narrower character set has taken letters away. */
    private static boolean hasLost(String text) {
        return text.indexOf('?') >= 0 || text.indexOf('\uFFFD') >= 0;
    }

    private static String beginning(String text) {
        return text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
    }
}
