package org.tunebench.reports.lineage;

import org.tunebench.core.record.ExampleRecord;

/**
 * A training example near an item.
 *
 * @param line of train/examples.jsonl, from 1
 * @param cosine from 0 to 1
 */
public record Near(int line, ExampleRecord example, double cosine) {}
