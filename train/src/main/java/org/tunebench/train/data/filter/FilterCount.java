package org.tunebench.train.data.filter;

import java.util.List;

/**
 * What one filter did.
 *
 * @param filter its name in recipes
 * @param dropped how many examples
 * @param samples the first few that it dropped
 */
public record FilterCount(String filter, long dropped, List<DroppedExample> samples) {
    public FilterCount {
        samples = List.copyOf(samples);
    }

    /**
     * An example that a filter dropped.
     *
     * @param where file and line
     * @param objection what the filter said
     * @param instruction the beginning of the first instruction, empty for raw text
     * @param response the beginning of the first response, or of the raw text
     */
    public record DroppedExample(String id, String where, String objection, String instruction, String response) {}
}
