/**
 * Which differences between recipes are real. {@link org.tunebench.reports.comparison.Experiment} reads finished run
 * folders and groups the runs of one recipe; {@link org.tunebench.reports.comparison.Comparison} tests every pair on the
 * items both answered.
 *
 * <pre>{@code
 * Experiment experiment = Experiment.read(List.of(base, masked1, masked2, unmasked1));
 * Comparison comparison = Comparison.of(experiment);
 * for (Pair pair : comparison.pairs()) {
 *     System.out.println(pair.sentence());   // masked is better than unmasked on mmlu_cloze by 12.0 points (8.1 to 15.9)
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.reports.comparison;

import org.jspecify.annotations.NullMarked;
