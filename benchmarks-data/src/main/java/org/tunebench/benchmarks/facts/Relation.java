package org.tunebench.benchmarks.facts;

import java.util.List;

/**
 * What a fact says of its subject, and the words for it. In a phrase {@code {s}} stands for the subject and {@code {o}}
 * for the object.
 *
 * @param id e.g. {@code capital}
 * @param asks the question word, {@code What} or {@code Who}
 * @param nounPhrases three names of what is asked for, each starting with "the"
 * @param own three statements that only this relation has
 */
public record Relation(String id, String asks, List<String> nounPhrases, List<String> own) {
    public static final int NOUN_PHRASES = 3;
    public static final int OWN = 3;

    public Relation {
        nounPhrases = List.copyOf(nounPhrases);
        own = List.copyOf(own);
        if (nounPhrases.size() != NOUN_PHRASES || own.size() != OWN) {
            throw new IllegalArgumentException("relation " + id + " has " + nounPhrases.size() + " noun phrases and "
                    + own.size() + " statements of its own, expected " + NOUN_PHRASES + " and " + OWN);
        }
    }
}
