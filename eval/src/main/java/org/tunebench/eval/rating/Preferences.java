package org.tunebench.eval.rating;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tunebench.core.record.Ratings.Choice;

/** How a choice between two responses stands in a sheet. */
final class Preferences {
    private static final Map<String, Choice> WORDS = Map.ofEntries(
            Map.entry("a", Choice.FIRST),
            Map.entry("first", Choice.FIRST),
            Map.entry("responsea", Choice.FIRST),
            Map.entry("b", Choice.SECOND),
            Map.entry("second", Choice.SECOND),
            Map.entry("responseb", Choice.SECOND),
            Map.entry("tie", Choice.TIE),
            Map.entry("equal", Choice.TIE),
            Map.entry("bothbad", Choice.BOTH_BAD),
            Map.entry("neither", Choice.BOTH_BAD));

    private Preferences() {}

    /** The word for it in a sheet. */
    static String label(Choice choice) {
        return switch (choice) {
            case FIRST -> "A";
            case SECOND -> "B";
            case TIE -> "tie";
            case BOTH_BAD -> "both bad";
        };
    }

    /** What a rater says with it. */
    static String meaning(Choice choice) {
        return switch (choice) {
            case FIRST -> "A is better";
            case SECOND -> "B is better";
            case TIE -> "both are equally good";
            case BOTH_BAD -> "neither is of use";
        };
    }

    /** The choice that a cell says; empty for any other word. */
    static Optional<Choice> of(String cell) {
        return Optional.ofNullable(WORDS.get(cell.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")));
    }
}
