/**
 * How alike two texts are: {@link org.tunebench.core.metric.Rouge} and {@link org.tunebench.core.metric.Bleu}, to the digits of
 * the packages that the field quotes.
 *
 * <pre>{@code
 * double overlap = Rouge.l("a cat sat", "the cat sat").fMeasure(); // 2/3
 * double bleu = Bleu.sentence("the cat sat on the mat", "the cat sat on a mat"); // 0 to 100
 * }</pre>
 */
@NullMarked
package org.tunebench.core.metric;

import org.jspecify.annotations.NullMarked;
