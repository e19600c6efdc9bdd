/**
 * Results of lm-evaluation-harness (0.4): {@code results_*.json} and {@code samples_*.jsonl} as runs, and runs as such
 * results. Written after the harness's own {@code loggers/evaluation_tracker.py} and {@code evaluator.py}, version 0.4.13.
 *
 * <pre>{@code
 * for (Run run : HarnessRuns.read(Path.of("results/EleutherAI__pythia-14m"))) {
 *     System.out.println(run.name() + " " + run.suites().keySet());
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.reports.lmeval;

import org.jspecify.annotations.NullMarked;
