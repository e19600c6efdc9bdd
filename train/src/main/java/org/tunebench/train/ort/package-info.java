/**
 * ONNX Runtime's own training API: the files that a training session reads, written by us, and the session over them.
 * Parameters, gradients and moments stay in the session's memory. It needs the training build of the library
 * ({@link org.tunebench.core.runtime.NativeLibrary}). Start at {@link org.tunebench.train.ort.TrainingSession}:
 *
 * <pre>{@code
 * Graph graph = new Graph("training");
 * Value x = graph.input("x", DType.FLOAT, Shape.of("rows", 3));
 * TrainingModel model = TrainingModel.of(graph, trainable, 1, (b, parameters) -> lossAndGradients(b, parameters, x));
 * try (TrainingSession session = TrainingSession.open(files, model, weights, adamW, Device.CPU, start)) {
 *     session.resetGradients();
 *     MicroStep step = session.accumulate(Map.of("x", tensor), true);
 *     session.update(1e-3);
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.train.ort;

import org.jspecify.annotations.NullMarked;
