/**
 * Training curves for TensorBoard: event files, one scalar a tag and step.
 *
 * <pre>{@code
 * try (EventFile events = EventFile.create(run.tensorBoard(), 1)) {
 *     events.scalars(1, Map.of("train/loss", 2.5));
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.train.tensorboard;

import org.jspecify.annotations.NullMarked;
