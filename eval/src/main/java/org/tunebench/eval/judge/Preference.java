package org.tunebench.eval.judge;

import org.jspecify.annotations.Nullable;

/**
 * What a judge said of a {@link Comparison}.
 *
 * @param judge which judge
 * @param template the prompt's name, or the rule that the judge follows
 * @param text the judge's own words
 * @param side the better one; absent where the words hold no verdict or the judge failed
 * @param failure why there are no words, where there are none
 * @param promptTokens sent to the judge, where it says so
 * @param completionTokens written by the judge, where it says so
 */
public record Preference(
        String judge,
        String template,
        @Nullable String text,
        @Nullable Side side,
        @Nullable String failure,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens) {

    /** Which assistant is the better one. */
    public enum Side {
        A,
        B,
        TIE;

        /** The same assistant in the other position. */
        public Side swapped() {
            return switch (this) {
                case A -> B;
                case B -> A;
                case TIE -> TIE;
            };
        }
    }

    /**
     * The verdict in a judge's words, as FastChat reads it: {@code [[A]]} anywhere in them, else {@code [[B]]}, else
     * {@code [[C]]} for a tie; null where there is none of these.
     */
    static @Nullable Side parse(String text) {
        if (text.contains("[[A]]")) {
            return Side.A;
        }
        if (text.contains("[[B]]")) {
            return Side.B;
        }
        return text.contains("[[C]]") ? Side.TIE : null;
    }
}
