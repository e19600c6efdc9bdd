package org.tunebench.eval.judge;

/**
 * What a judge is shown to say which of two assistants answered better: two conversations over the same questions.
 *
 * @param a assistant A's, shown first
 * @param b assistant B's
 */
public record Comparison(Exchange a, Exchange b) {
    public Comparison {
        if (!a.questions().equals(b.questions()) || !a.references().equals(b.references())) {
            throw new IllegalArgumentException("exchanges " + a.id() + " and " + b.id() + " differ in their questions");
        }
    }

    /** The same with the positions swapped. */
    public Comparison swapped() {
        return new Comparison(b, a);
    }
}
