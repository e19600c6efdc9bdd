/**
 * Instruction data: from files to examples.
 *
 * <p>Start at {@link org.tunebench.train.data.Dataset}, which reads the {@link org.tunebench.train.data.DataSource
 * sources} of a recipe, applies its {@link org.tunebench.train.data.ExampleFilter filters} and counts what it leaves out.
 *
 * <pre>{@code
 * DataSource alpaca = DataSource.of(Path.of("alpaca.json"));
 * Dataset dataset = Dataset.load(new DataMixture(List.of(alpaca), List.of(new ExactDuplicates()), false, 1));
 * for (Example example : dataset.examples()) {
 *     System.out.println(example.id() + " " + example.origin().where());
 * }
 * System.out.println(dataset.counts());
 * }</pre>
 *
 * <p>A new format is one file that implements {@code RecordFormat} and one line in {@link
 * org.tunebench.train.data.DataFormat}; a new filter is one file and one line in {@link
 * org.tunebench.train.data.ExampleFilter}.
 */
@NullMarked
package org.tunebench.train.data;

import org.jspecify.annotations.NullMarked;
