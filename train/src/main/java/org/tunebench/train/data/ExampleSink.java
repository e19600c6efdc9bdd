package org.tunebench.train.data;

import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.file.BadRecord;

/** Takes what the sources of a recipe hold, in their order. */
@FunctionalInterface
public interface ExampleSink {
    /** An example to train on. */
    void kept(Example example);

    /**
     * An example that is left out.
     *
     * @param reason a filter's name, {@code limit} or {@code undesirable}
     * @param objection what is wrong with it, for a person
     */
    default void dropped(Example example, String reason, String objection) {}

    /** A record that cannot be used. */
    default void bad(BadRecord record) {}
}
