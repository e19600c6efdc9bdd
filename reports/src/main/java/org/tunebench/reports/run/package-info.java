/**
 * A run as the report sees it, whatever wrote it: {@link org.tunebench.reports.run.Run} holds its record, its results, its
 * training and a way to its samples.
 *
 * <pre>{@code
 * Run run = Run.read(Path.of("runs/masked-seed1"));
 * try (Stream<SampleRecord> samples = run.samples().of("mmlu")) {
 *     samples.forEach(sample -> System.out.println(sample.id()));
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.reports.run;

import org.jspecify.annotations.NullMarked;
