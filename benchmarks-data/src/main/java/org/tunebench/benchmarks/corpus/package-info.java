/**
 * The raw text that the embedded base model is pre-trained on. Start at {@link
 * org.tunebench.benchmarks.corpus.Corpus}; the text is made on demand and not kept in the repository.
 */
@NullMarked
package org.tunebench.benchmarks.corpus;

import org.jspecify.annotations.NullMarked;
