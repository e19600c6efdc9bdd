/**
 * Examples as tensors: tokenized, masked, packed, cut into optimizer steps.
 *
 * <p>Start at {@link org.tunebench.train.batch.BatchPlan}.
 *
 * <pre>{@code
 * Recipe recipe = Recipe.read(Path.of("recipe.yaml"));
 * Tokenization tokenization = new Tokenization(recipe, template, tokenizer);
 * Dataset.stream(recipe.dataMixture(), tokenization::add);
 * TokenizedDataset tokenized = tokenization.finish();
 * BatchPlan plan = BatchPlan.of(recipe, tokenized.examples());
 * for (int i = 0; i < plan.steps(); i++) {
 *     OptimizerStep step = plan.step(i);
 *     for (Batch batch : step.microBatches()) {
 *         train(batch.ids(), batch.positions(), batch.segments(), batch.labels(), step.supervisedTokens());
 *     }
 * }
 * }</pre>
 */
@NullMarked
package org.tunebench.train.batch;

import org.jspecify.annotations.NullMarked;
