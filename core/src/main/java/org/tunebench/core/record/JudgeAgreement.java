package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a judge agrees with the raters on the same responses.
 *
 * @param judge which one
 * @param suite whose samples it judged
 * @param responses those that both rated
 * @param correlations with the raters' mean by dimension and {@code overall}, the mean of the dimensions
 * @param pairs agreement on which of two responses to a prompt is better
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JudgeAgreement(
        String judge,
        String suite,
        int responses,
        Map<String, Correlation> correlations,
        @Nullable Pairs pairs) {

    /**
     * Over responses; absent where one side always gives the same.
     *
     * @param spearman rank correlation, with a bootstrap interval over prompts
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Correlation(
            int n, @Nullable Double pearson, @Nullable Metric spearman) {}

    /**
     * Two responses to one prompt: first better, second better, or a tie.
     *
     * @param agreement share of pairs on which judge and raters say the same
     * @param withoutTies the same over the pairs on which neither says tie
     * @param kappa Cohen's
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pairs(
            int n,
            double agreement,
            int decided,
            @Nullable Double withoutTies,
            @Nullable Double kappa) {}
}
