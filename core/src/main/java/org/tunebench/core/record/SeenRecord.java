package org.tunebench.core.record;

import java.util.List;

/**
 * One line of train/seen.jsonl: which examples an optimizer step saw.
 *
 * @param step from 1
 * @param examples their lines in train/examples.jsonl, counted from 1, in the order of the step's rows
 */
public record SeenRecord(int step, List<Integer> examples) {
    public SeenRecord {
        examples = List.copyOf(examples);
    }
}
