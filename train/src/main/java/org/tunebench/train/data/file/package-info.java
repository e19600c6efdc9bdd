/**
 * Files to records, one at a time: {@link org.tunebench.train.data.file.RecordFile}.
 *
 * <pre>{@code
 * new RecordFile(Path.of("alpaca.json")).forEach(new RecordSink() {
 *     public void record(ObjectNode values, int line) { System.out.println(line + ": " + values); }
 *     public void bad(BadRecord bad) { System.out.println(bad.where() + ": " + bad.reason()); }
 * });
 * }</pre>
 *
 * <p>A record that cannot be read is told and passed over. Where a file is damaged so that nobody can say what is missing
 * (a gzip that is cut off, a list that does not end), reading stops with an {@link
 * org.tunebench.core.input.InputException}.
 */
@NullMarked
package org.tunebench.train.data.file;

import org.jspecify.annotations.NullMarked;
