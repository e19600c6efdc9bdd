package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far raters agree with each other and with themselves. A coefficient is absent where it is not defined: nobody rated
 * what another rated, or all gave the same rating throughout.
 *
 * @param dimensions by dimension, and {@code preference} where pairs were compared
 * @param raters one entry a rater, sorted by name
 */
public record RatingAgreement(Map<String, OfDimension> dimensions, List<OfRater> raters) {
    /**
     * Agreement between raters on one dimension.
     *
     * @param level {@code ordinal} for ratings, {@code nominal} for preferences: the level of {@code alpha}
     * @param units responses, or pairs, that two raters or more rated
     * @param ratings of those units
     * @param alpha Krippendorff's, with a bootstrap interval over prompts
     * @param alphas the same without interval by level: {@code nominal}, {@code ordinal}, {@code interval}
     * @param fleissKappa over the units that every rater rated
     * @param agreement share of equal ratings among all pairs of ratings of one unit
     * @param pairs every two raters with units in common
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfDimension(
            String level,
            int units,
            int ratings,
            @Nullable Metric alpha,
            Map<String, Double> alphas,
            @Nullable Double fleissKappa,
            @Nullable Double agreement,
            List<Pair> pairs) {}

    /**
     * Two raters on the units that both rated.
     *
     * @param agreement share of equal ratings
     * @param kappa Cohen's
     * @param kappaLinear Cohen's with linear weights; ratings only
     * @param kappaQuadratic Cohen's with quadratic weights; ratings only
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pair(
            String rater,
            String other,
            int n,
            double agreement,
            @Nullable Double kappa,
            @Nullable Double kappaLinear,
            @Nullable Double kappaQuadratic) {}

    /**
     * One rater.
     *
     * @param rows rated
     * @param preferences pairs compared
     * @param drift by dimension
     * @param consistency with themselves, by dimension and {@code preference}; what was not repeated is left out
     * @param gold on gold items, by dimension and {@code preference}; left out where there were none
     * @param firstShare share of the pairs with a winner in which it stood first: far from a half, the place decides
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfRater(
            String rater,
            int rows,
            int preferences,
            Map<String, Drift> drift,
            Map<String, Consistency> consistency,
            Map<String, GoldScore> gold,
            @Nullable Metric firstShare) {}

    /**
     * How a rater's level moves against the other raters' of the same responses, or against the model's mean where
     * nobody else rated them.
     *
     * @param against {@code raters} or {@code model}
     * @param bias the rater's ratings minus the others', in points: above 0 is milder
     * @param slope change of that per 100 rows of the sheet, in points; absent for fewer than three rows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Drift(
            String against, int n, Metric bias, @Nullable Metric slope) {}

    /**
     * The same response, or pair, rated twice by one rater.
     *
     * @param agreement share of equal ratings
     * @param distance mean absolute difference in points; ratings only
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Consistency(
            int n, double agreement, @Nullable Double distance) {}

    /**
     * Gold items.
     *
     * @param right share of ratings that are as expected
     * @param distance mean absolute difference from the expected, in points; ratings only
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GoldScore(int n, double right, @Nullable Double distance) {}
}
