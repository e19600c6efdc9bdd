/**
 * A recipe: everything that a fine-tuning run is told, in one YAML file.
 *
 * <p>Start at {@link org.tunebench.train.recipe.Recipe}.
 *
 * <pre>{@code
 * Recipe recipe = Recipe.read(Path.of("recipes/masked.yaml"));
 * System.out.println(recipe.optimizer().learningRate());
 * Files.writeString(run.resolve("recipe.yaml"), recipe.withSeed(2).toYaml());
 * }</pre>
 */
@NullMarked
package org.tunebench.train.recipe;

import org.jspecify.annotations.NullMarked;
