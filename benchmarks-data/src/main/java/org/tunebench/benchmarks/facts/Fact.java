package org.tunebench.benchmarks.facts;

import java.util.Optional;

/**
 * One true statement with one right answer.
 *
 * @param area the table it stands in, e.g. {@code geography}; the subject name of the multiple-choice suite
 * @param subject what it is about, e.g. {@code France}
 * @param relation what is said of the subject
 * @param object the answer, e.g. {@code Paris}
 * @param lure a wrong answer that people often give, where one is known
 */
public record Fact(String area, String subject, Relation relation, String object, Optional<String> lure) {
    public Fact {
        if (subject.isBlank() || object.isBlank()) {
            throw new IllegalArgumentException("a fact of " + area + " lacks its subject or its object");
        }
        if (lure.isPresent() && lure.get().equals(object)) {
            throw new IllegalArgumentException("the lure of " + subject + " is the right answer, " + object);
        }
    }

    /** A name for records: {@code capital/France}. */
    public String id() {
        return relation.id() + "/" + subject;
    }

    /** The area as a title: {@code Everyday life}. */
    public String areaTitle() {
        return Phrase.capitalized(area.replace('_', ' '));
    }
}
