/** Models that run: score and generate on ONNX Runtime. Start at {@link org.tunebench.core.runtime.LanguageModel}. */
@NullMarked
package org.tunebench.core.runtime;

import org.jspecify.annotations.NullMarked;
