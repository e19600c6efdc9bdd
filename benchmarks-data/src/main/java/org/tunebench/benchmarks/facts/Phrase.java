package org.tunebench.benchmarks.facts;

import java.util.Locale;

/** Fills the gaps of a frame. */
final class Phrase {
    private Phrase() {}

    /** A statement or a question about a fact, named by one of the relation's noun phrases. */
    static String fill(String frame, Fact fact, String nounPhrase) {
        String named = nounPhrase.replace("{s}", fact.subject());
        String asks = fact.relation().asks();
        return frame.replace("{np}", named)
                .replace("{Np}", capitalized(named))
                .replace("{What}", asks)
                .replace("{what}", asks.toLowerCase(Locale.ROOT))
                .replace("{Area}", fact.areaTitle())
                .replace("{o}", fact.object());
    }

    /** One of the relation's own statements. */
    static String fillOwn(String statement, Fact fact) {
        return capitalized(statement.replace("{s}", fact.subject()).replace("{o}", fact.object()));
    }

    static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
