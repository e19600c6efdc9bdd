/**
 * The report that leaves the building: one HTML file without any outside request, and its machine-readable twins.
 *
 * <pre>{@code
 * List<Path> written = Report.write(List.of(base, masked, unmasked), Path.of("report.html"));
 * // report.html, leaderboard.csv, leaderboard.md, comparison.json
 * }</pre>
 *
 * <p>Everything a model, a data file or a person wrote is data: FreeMarker escapes it, JSON islands hold it, and the page's
 * script sets it as text. The content security policy lets only the page's own script and style run, by hash.
 */
@NullMarked
package org.tunebench.reports.html;

import org.jspecify.annotations.NullMarked;
