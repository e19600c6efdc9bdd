/**
 * Tensors in safetensors files, read and written strictly: {@link org.tunebench.core.weights.SafetensorsFile} and
 * {@link org.tunebench.core.weights.SafetensorsWriter}.
 *
 * <pre>{@code
 * SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"));
 * float[] norm = file.floats("model.norm.weight");
 * SafetensorsWriter.write(copy, Map.of(), List.of(FloatTensor.of("model.norm.weight", norm, norm.length)));
 * }</pre>
 */
@NullMarked
package org.tunebench.core.weights;

import org.jspecify.annotations.NullMarked;
