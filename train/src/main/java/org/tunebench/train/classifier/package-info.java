/**
 * Linear classifiers of named features, on Tribuo.
 *
 * <pre>{@code
 * List<Instance> labelled = List.of(
 *         new Instance(Map.of("words", 3.0), "short"), new Instance(Map.of("words", 90.0), "long"));
 * LinearClassifier classifier = LinearClassifier.train(labelled, Set.of("words"), 20, 1);
 * System.out.println(classifier.probabilities(Map.of("words", 4.0)).get("short"));
 * }</pre>
 */
@NullMarked
package org.tunebench.train.classifier;

import org.jspecify.annotations.NullMarked;
