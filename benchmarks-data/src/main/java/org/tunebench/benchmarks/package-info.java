/**
 * The embedded default: a tiny base model, suites in the real formats, instruction data and recipes, and the programs that
 * make them.
 *
 * <p>Start at {@link org.tunebench.benchmarks.EmbeddedData}.
 *
 * <pre>{@code
 * EmbeddedData data = EmbeddedData.open();
 * Path model = data.baseModel();
 * Path mmlu = data.suite("mmlu");
 * List<Path> recipes = data.recipes();
 * data.writeCorpus(Path.of("corpus.txt"));
 * }</pre>
 */
@NullMarked
package org.tunebench.benchmarks;

import org.jspecify.annotations.NullMarked;
