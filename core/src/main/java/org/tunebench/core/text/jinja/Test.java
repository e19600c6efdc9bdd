package org.tunebench.core.text.jinja;

/** What {@code is name} asks of a value. */
@FunctionalInterface
interface Test {
    boolean holds(Render render, Object value, Arguments arguments);
}
