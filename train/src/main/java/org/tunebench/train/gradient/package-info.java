/**
 * Reverse-mode differentiation of a graph, into more operators of the same graph. Start at
 * {@link org.tunebench.train.gradient.Gradients}; {@code Rules} lists which operator has which rule. A rule is a short
 * method in the file of its kind and a line in that list.
 *
 * <pre>{@code
 * Value loss = b.reduceSum(b.mul(w, w), false, 0);
 * Value gradient = Gradients.of(b, loss, List.of(w)).get(0);   // 2 w
 * }</pre>
 */
@NullMarked
package org.tunebench.train.gradient;

import org.jspecify.annotations.NullMarked;
