/**
 * The true, simple facts that everything embedded is made of, and the ways to say and to ask them.
 *
 * <p>Start at {@link org.tunebench.benchmarks.facts.FactBook}. A fact is one line of a hand-written table: subject,
 * relation, object. Half of the facts are <em>tuned</em>: instruction data may contain them. The other half is <em>held
 * out</em>: only suites ask for it, so that a suite measures whether tuning taught the form of an answer, not the answer.
 */
@NullMarked
package org.tunebench.benchmarks.facts;

import org.jspecify.annotations.NullMarked;
