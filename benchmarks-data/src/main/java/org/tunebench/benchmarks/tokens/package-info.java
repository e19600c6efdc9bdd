/**
 * The embedded model's tokenizer: a byte-level byte-pair encoding, learned here and written as a {@code tokenizer.json} that
 * every Hugging Face tokenizer library reads. Start at {@link org.tunebench.benchmarks.tokens.BytePairTrainer}.
 */
@NullMarked
package org.tunebench.benchmarks.tokens;

import org.jspecify.annotations.NullMarked;
