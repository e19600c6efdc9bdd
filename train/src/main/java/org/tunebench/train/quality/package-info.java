/**
 * A learned judge of responses: what a good one looks like, from labelled examples.
 *
 * <pre>{@code
 * List<LabelledResponse> labelled = CorruptedSet.of(goodExchanges, 1);
 * QualityModel.Trained trained = QualityModel.train(labelled, 1);
 * System.out.println(trained.report().auc());
 * System.out.println(trained.model().score(new Exchange("Name a colour.", "colour red is the a.")));
 * }</pre>
 */
@NullMarked
package org.tunebench.train.quality;

import org.jspecify.annotations.NullMarked;
