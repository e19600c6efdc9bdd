package org.tunebench.core.text.jinja;

import java.util.Collection;

/**
 * What {@code dict.keys()}, {@code .values()} and {@code .items()} give: a sized iterable without indices.
 *
 * @param kind Python's type name, e.g. {@code dict_items}
 */
record DictView(String kind, Collection<Object> items) {}
