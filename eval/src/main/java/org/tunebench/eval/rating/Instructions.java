package org.tunebench.eval.rating;

import org.tunebench.core.record.Ratings.Choice;

/** What a rater has to know; the same in every format. */
final class Instructions {
    static final String FILE = "instructions.txt";

    private Instructions() {}

    /** @param pairs whether there are pairs to compare */
    static String text(boolean pairs) {
        StringBuilder text = new StringBuilder("""
                How to fill in a sheet

                The formats in this folder hold the same sheet: fill in one of them, whichever you like.
                - .html: a page to rate in. It opens in any browser and needs no network. Save the file when you are done.
                - .xlsx: a workbook with a list to choose from in each cell.
                - .csv: the same as plain text for any spreadsheet program. Save it as CSV.

                Each row is one response to a prompt. Responses to the same prompt stand together and come from
                different models, in an order that changes; please do not try to tell the models apart.

                Give each response four ratings, whole numbers from %d (worst) to %d (best):

                """.formatted(Dimension.LOWEST, Dimension.HIGHEST));
        for (Dimension dimension : Dimension.values()) {
            text.append("- ")
                    .append(dimension.id())
                    .append(": ")
                    .append(dimension.question())
                    .append('\n');
        }
        text.append("""

                Rate every dimension on its own: a harmless answer may be useless, a wrong one well written.
                Leave empty what you cannot judge.
                """);
        if (pairs) {
            text.append("""

                    Then there are pairs: two responses, A and B, to one prompt. Say which is better on the whole:
                    """);
            for (Choice choice : Choice.values()) {
                text.append("- ")
                        .append(Preferences.label(choice))
                        .append(": ")
                        .append(Preferences.meaning(choice))
                        .append('\n');
            }
        }
        return text.append("""

                The comment is free. Some items may come twice: rate them as you see them then, without looking back.
                Characters that cannot be seen are written out, as [U+202E].
                Please leave id, prompt and response as they are, work alone, and send the file back under its own name.
                """).toString();
    }
}
