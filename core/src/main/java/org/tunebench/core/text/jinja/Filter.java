package org.tunebench.core.text.jinja;

/** What {@code |name} does to a value. */
@FunctionalInterface
interface Filter {
    Object apply(Render render, Object value, Arguments arguments);
}
