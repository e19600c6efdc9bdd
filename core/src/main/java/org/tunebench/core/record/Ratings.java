package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of ratings.json: what raters said of models' responses.
 *
 * @param dimensions what was rated from 1 to 5, in the sheets' order
 * @param models means by model
 * @param rows every usable row of the sheets
 * @param unusable every other row, with the reason
 */
public record Ratings(
        int schema, List<String> dimensions, Map<String, OfModel> models, List<Row> rows, List<Unusable> unusable) {
    /** The schema this code writes and reads. */
    public static final int SCHEMA = 1;

    /**
     * One model's ratings.
     *
     * @param n rated rows
     * @param prompts different prompts among them
     * @param means by dimension; standard errors are clustered by prompt
     */
    public record OfModel(int n, int prompts, Map<String, Metric> means) {}

    /** One response rated by one rater; ratings from 1 to 5 by dimension. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(
            String id,
            String rater,
            String model,
            String prompt,
            Map<String, Integer> ratings,
            @Nullable String comment) {}

    /**
     * A row that could not be used.
     *
     * @param row as a spreadsheet counts, the header being row 1
     * @param id the row's, where it has one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Unusable(String file, long row, @Nullable String id, String reason) {}
}
