package org.tunebench.train.data.filter;

import java.util.List;

/** A model that is asked for scores. The caller connects it to a judge of its choice. */
public interface Rater extends AutoCloseable {
    /** The name in records and caches: the judging model's. */
    String name();

    /**
     * One answer a question, in order.
     *
     * @return for each question the model's text, or why there is none
     */
    List<Answer> ask(List<Question> questions);

    /** Nobody asks any more. */
    @Override
    default void close() {}

    /** What is asked, at temperature 0. */
    record Question(String system, String user) {}

    /**
     * What came back.
     *
     * @param failed whether {@code text} is a failure's reason and not the model's words
     */
    record Answer(String text, boolean failed) {}
}
