package org.tunebench.eval.suite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to be answered freely and judged.
 *
 * @param group category…
 * @param turns what the user says, one or two texts
 * @param references a reference answer for each turn, or empty where the judge is not to see any
 * @param numbered whether its samples' ids end in the turn
 */
public record JudgedQuestion(
        String id, @Nullable String group, List<String> turns, List<String> references, boolean numbered) {
    /** The id of the sample that holds the answer to a turn, from 1. */
    public String sampleId(int turn) {
        return numbered ? id + "/" + turn : id;
    }
}
