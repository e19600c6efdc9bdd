package org.tunebench.core.record;

import java.util.List;

/**
 * Models in order of what raters prefer.
 *
 * @param source {@code pairs}: raters compared two responses; {@code ratings}: of two responses to a prompt, the one that
 *     a rater's mean rating is higher for
 * @param comparisons all of them, ties and both-bad among them
 * @param bothBad comparisons in which neither was of use; they count as ties
 * @param models strongest first
 * @param wins every two models that were compared, each order once
 */
public record Rankings(String source, int comparisons, int ties, int bothBad, List<Ranked> models, List<Wins> wins) {

    /**
     * One model.
     *
     * @param strength Bradley–Terry: the natural logarithm of its worth, the mean over models being 0, with a bootstrap
     *     interval over prompts. A model d above another is preferred with odds of e^d to 1
     * @param bestRank the lowest and {@code worstRank} the highest place, from 1, within the central 95 % of the bootstrap
     * @param winShare wins and half the ties, of its comparisons
     */
    public record Ranked(
            String model, Metric strength, int bestRank, int worstRank, Metric winShare, int comparisons) {}

    /** One model against another. */
    public record Wins(String model, String opponent, int wins, int losses, int ties, int bothBad) {}
}
