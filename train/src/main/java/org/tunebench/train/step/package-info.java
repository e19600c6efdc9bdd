/**
 * Training steps as one ONNX program: forward, backward, clipping and AdamW of many optimizer steps in a {@code Loop}, so
 * that weights and moments stay where the session runs. Start at {@link org.tunebench.train.step.Trainer}.
 */
@NullMarked
package org.tunebench.train.step;

import org.jspecify.annotations.NullMarked;
