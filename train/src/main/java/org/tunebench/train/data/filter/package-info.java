/**
 * What is left out: {@link org.tunebench.train.data.filter.ExampleFilter}.
 *
 * <pre>{@code
 * ExampleFilter.Pass pass = new WordCount(3, null, 5, null).start(before);
 * if (pass.of(example).keeps()) { … }
 * }</pre>
 *
 * <p>A new filter is one file that implements {@code ExampleFilter} and one line in its list.
 */
@NullMarked
package org.tunebench.train.data.filter;

import org.jspecify.annotations.NullMarked;
