package org.tunebench.core.text.jinja;

/** Python's {@code None}. */
enum None {
    NONE
}
