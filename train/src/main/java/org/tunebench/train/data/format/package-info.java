/**
 * Layouts of records, and how they become examples: {@link org.tunebench.train.data.format.DataFormat}.
 *
 * <pre>{@code
 * DataFormat format = DataFormat.detect(firstRecord);
 * RecordReader reader = format.reader(reading, Map.of(), "recipe");
 * reader.read(firstRecord, example -> System.out.println(example.id()));
 * }</pre>
 *
 * <p>A new format is one file that implements {@code RecordFormat} and one line in {@code DataFormat}.
 */
@NullMarked
package org.tunebench.train.data.format;

import org.jspecify.annotations.NullMarked;
