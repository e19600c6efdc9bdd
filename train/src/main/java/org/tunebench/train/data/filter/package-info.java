/**
 * Filters: which examples are left out, why, and with what score.
 *
 * <p>A recipe names {@link org.tunebench.train.data.filter.ExampleFilter filters}, each one record whose components are
 * its keys. They see the examples one after the other: what one drops the next never sees.
 *
 * <pre>{@code
 * FilterPass words = new WordCount(3, null, 5, null).start(FilterInputs.NONE, ExampleSource.NONE);
 * Verdict verdict = words.judge(example);
 * System.out.println(verdict.keeps() ? "kept" : verdict.objection());   // response has 2 words, fewer than 5
 * }</pre>
 *
 * <p>A new filter is one file and one line in {@link org.tunebench.train.data.filter.ExampleFilter}.
 */
@NullMarked
package org.tunebench.train.data.filter;

import org.jspecify.annotations.NullMarked;
