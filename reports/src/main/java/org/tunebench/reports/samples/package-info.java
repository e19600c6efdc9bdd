/**
 * The sample explorer's data: every suite's items once, with what each run made of them, in compressed blocks that a page
 * unpacks as they are looked at.
 *
 * <pre>{@code
 * ExplorerData data = ExplorerData.of(experiment, ExplorerData.MOST_BYTES);
 * for (ExplorerData.Suite suite : data.suites()) {
 *     System.out.println(suite.name() + ": " + suite.blocks().size() + " blocks");
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.reports.samples;

import org.jspecify.annotations.NullMarked;
