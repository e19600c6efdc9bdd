/**
 * From an answer back to the training examples near it: which of a run's examples share words with an item, and which steps
 * saw them.
 *
 * <pre>{@code
 * List<TracedItem> items = List.of(new TracedItem("mmlu", 0, Words.normalised("What is the capital of Peru? Lima")));
 * for (TracedRun run : Lineage.of(experiment.runs(), items).runs()) {
 *     for (Near near : run.near().get(0)) {
 *         System.out.println(run.name() + ": " + near.example().id() + " " + near.cosine() + " " + run.seen().get(near.line()));
 *     }
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.reports.lineage;

import org.jspecify.annotations.NullMarked;
