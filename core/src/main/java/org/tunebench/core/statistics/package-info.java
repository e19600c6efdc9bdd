/**
 * How sure a score is, and whether two models differ on the same items.
 *
 * <pre>{@code
 * MeanEstimate accuracy = MeanEstimate.of(scores).orElseThrow();      // .342 ± .005, n = 10042
 * PairedDifference d = PairedDifference.between(baseline, candidate, draws).orElseThrow();
 * double[] p = Holm.adjust(new double[] {d.p(), other.p()});
 * if (p[0] < 0.05) …                                                  // only now is it a difference
 * OptionalLong n = d.itemsNeeded(0.05, 0.8);                          // what would settle it
 * double clustered = Clusters.mean(scores, passages).orElseThrow().stderr();   // questions about one passage vary together
 * }</pre>
 *
 * <p>An estimate of nothing is an empty {@link java.util.Optional}, never a zero. Everything random takes a seed.
 */
@NullMarked
package org.tunebench.core.statistics;

import org.jspecify.annotations.NullMarked;
