/**
 * Who stands where: one row a recipe, one column a suite, with intervals, cost, and the marks of the best.
 *
 * <pre>{@code
 * Experiment experiment = Experiment.read(runFolders);
 * Leaderboard leaderboard = Leaderboard.of(experiment, Comparison.of(experiment));
 * System.out.print(leaderboard.toText());
 * }</pre>
 */
@NullMarked
package org.tunebench.reports.leaderboard;

import org.jspecify.annotations.NullMarked;
