/**
 * Instruction data: from files to examples.
 *
 * <p>Start at {@link org.tunebench.train.data.Dataset}, which reads the {@link org.tunebench.train.data.DataSource
 * sources} of a recipe, applies its filters and counts what it leaves out.
 *
 * <pre>{@code
 * DataMixture mixture = DataMixture.of(List.of(DataSource.of(Path.of("alpaca.json"))), 1);
 * List<SourceCounts> counts = Dataset.stream(mixture, example -> System.out.println(example.id()));
 * System.out.println(counts);
 * }</pre>
 *
 * <p>The rooms, in the order in which a record goes through them: {@code file} (bytes to records), {@code format} (records
 * to examples; {@code template} phrases them), {@code example}, {@code filter}; {@code draw} has the random numbers.
 */
@NullMarked
package org.tunebench.train.data;

import org.jspecify.annotations.NullMarked;
