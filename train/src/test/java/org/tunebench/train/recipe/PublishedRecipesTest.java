package org.tunebench.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tunebench.core.input.InputException;

class PublishedRecipesTest {
    private static final Path FILE = Path.of("r.yaml").toAbsolutePath();

    @Test
    void published_everyName_isARecipeAsItWasPublished() {
        for (String name : PublishedRecipes.names()) {
            Recipe recipe = Recipe.published(name, List.of(Path.of("d.json")));

            assertThat(recipe.name()).isEqualTo(name);
            assertThat(recipe.data()).hasSize(1);
            assertThat(recipe.optimizer().learningRate()).isLessThanOrEqualTo(3e-5);
            assertThat(PublishedRecipes.description(name)).contains("20");
        }
        Recipe alpaca = Recipe.published("alpaca", List.of(Path.of("d.json")));
        assertThat(alpaca.template()).isEqualTo(Recipe.Template.ALPACA);
        assertThat(alpaca.batchSize()).isEqualTo(128);
        assertThat(alpaca.optimizer().weightDecay()).isZero();
        assertThat(alpaca.schedule().warmupRatio()).isEqualTo(0.03);
        Recipe flan = Recipe.published("flan", List.of(Path.of("d.json")));
        assertThat(flan.mixture().cap()).isEqualTo(3000);
        assertThat(flan.mixture().taskLimit()).isEqualTo(30_000);
    }

    @Test
    void parse_extends_whatTheRecipeSaysStandsBefore() {
        Recipe recipe = Recipe.parse("""
                extends: alpaca
                data: [{path: d.json}]
                batch_tokens: 4096
                steps: 10
                optimizer: {beta2: 0.95}
                schedule: {warmup_steps: 5}
                """, FILE);

        assertThat(recipe.name()).isEqualTo("r");
        assertThat(recipe.batchSize()).isNull();
        assertThat(recipe.epochs()).isNull();
        assertThat(recipe.optimizer().beta2()).isEqualTo(0.95);
        assertThat(recipe.optimizer().learningRate()).isEqualTo(2e-5);
        assertThat(recipe.schedule().warmupRatio()).isNull();
        assertThat(Recipe.parse(recipe.toYaml(), FILE)).isEqualTo(recipe);
    }

    @Test
    void fittedTo_smallerBaseAndBatch_scalesTheRateAndCutsTheLength() {
        Recipe recipe = Recipe.parse("extends: alpaca\ndata: [{path: d.json}]\nbatch_size: 32\n", FILE);

        Recipe fitted = recipe.fittedTo(7_000_000, 256);

        assertThat(fitted.optimizer().learningRate()).isCloseTo(2e-5 * 10 * 0.5, within(1e-12));
        assertThat(fitted.maxLength()).isEqualTo(256);
        assertThat(fitted.fittedTo(7, 16)).isSameAs(fitted);
        Recipe larger = Recipe.parse("extends: alpaca\ndata: [{path: d.json}]\nbatch_size: 512\n", FILE);
        assertThat(larger.fittedTo(70_000_000_000L, 4096).optimizer().learningRate())
                .isEqualTo(2e-5);
    }

    @Test
    void fittedTo_ownRateOrLora_isLeftAsItIs() {
        Recipe own = Recipe.parse("extends: alpaca\ndata: [{path: d.json}]\noptimizer: {learning_rate: 1e-3}\n", FILE);
        Recipe lora = Recipe.parse("extends: alpaca\ndata: [{path: d.json}]\nmethod: lora\n", FILE);

        assertThat(own.fittedTo(1000, 64).optimizer().learningRate()).isEqualTo(1e-3);
        assertThat(own.fittedTo(1000, 64).optimizer().weightDecay()).isZero();
        assertThat(lora.fittedTo(1000, 64).optimizer().learningRate()).isEqualTo(2e-4);
    }

    @Test
    void parse_unknownName_isRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Recipe.parse("extends: alpacca\ndata: [{path: d.json}]\n", FILE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown recipe 'alpacca'")
                .hasMessageContaining("Did you mean 'alpaca'?");
    }
}
