package org.tunebench.train.recipe;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.Range;

/**
 * For what a recipe's learning rate was published.
 *
 * @param parameters of the base model
 * @param batchSize rows of an optimizer step; null where {@code batchTokens} says it
 * @param batchTokens positions of an optimizer step
 */
public record PublishedSettings(
        Double parameters,
        @Nullable Integer batchSize,
        @Nullable Integer batchTokens) {
    public PublishedSettings {
        if (parameters == null || (batchSize == null) == (batchTokens == null)) {
            throw new IllegalArgumentException("published needs parameters, and batch_size or batch_tokens");
        }
        Range.above(0).check("parameters", parameters);
    }

    /**
     * How much higher the rate is to be for a smaller base model, and how much lower for a smaller batch:
     * {@code ∛(N₀/N) · √(B/B₀)}, each factor only where the run is the smaller one. The first follows the rates of GPT-3's
     * models (Brown et al. 2020, table 2.1: 6·10⁻⁴ for 125M, 0.6·10⁻⁴ for 175B, N to the power of −0.32), the second is the
     * square-root rule for Adam (Malladi et al. 2022, arXiv:2205.10287).
     *
     * @param size of the run's base model, in parameters
     */
    double factor(long size, Recipe recipe) {
        double model = Math.cbrt(Math.max(1, parameters / size));
        double rows = rows(recipe.batchSize(), recipe.batchTokens(), recipe.maxLength());
        double batch = Math.sqrt(Math.min(1, rows / rows(batchSize, batchTokens, recipe.maxLength())));
        return model * batch;
    }

    private static double rows(@Nullable Integer size, @Nullable Integer tokens, int length) {
        return size != null ? size : tokens == null ? 1 : (double) tokens / length;
    }
}
