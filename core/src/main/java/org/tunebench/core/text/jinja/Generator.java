package org.tunebench.core.text.jinja;

import java.util.Iterator;

/** Python's generator, the lazy result of {@code map}, {@code select}…: read once, always true, without a length. */
record Generator(Iterator<Object> items) {}
