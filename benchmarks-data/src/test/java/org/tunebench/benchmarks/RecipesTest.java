package org.tunebench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.filter.ExampleFilter;
import org.tunebench.train.recipe.MixtureSettings;
import org.tunebench.train.recipe.Recipe;

/** The bundled recipes can be read, and nearly everything they name is trained on. */
final class RecipesTest {
    private static final EmbeddedData DATA = EmbeddedData.open();

    @Test
    void recipes_differFromTheReferenceAsTheirNamesSay() {
        Map<String, Recipe> recipes =
                DATA.recipes().stream().map(Recipe::read).collect(Collectors.toMap(Recipe::name, recipe -> recipe));
        assertThat(recipes)
                .containsKeys(
                        "masked", "unmasked", "one_template", "lora", "mixed", "few_facts", "eight_kinds", "noisy");
        assertThat(recipes.values()).allMatch(r -> Recipe.EMBEDDED.equals(r.base()) && r.maxLength() == 64);
        assertThat(recipes.get("masked").mask()).isEqualTo(Recipe.Mask.RESPONSE);
        assertThat(recipes.get("unmasked").mask()).isEqualTo(Recipe.Mask.ALL);
        assertThat(recipes.get("lora").method()).isEqualTo(Recipe.Method.LORA);
        assertThat(recipes.get("filtered").data())
                .isEqualTo(recipes.get("noisy").data());
        assertThat(recipes.get("filtered").filters())
                .extracting(ExampleFilter::reason)
                .containsExactly("boilerplate", "response_copies_instruction");
        assertThat(recipes.get("balanced").mixture().rate()).isEqualTo(MixtureSettings.Rate.CATEGORY);
        assertThat(recipes.get("mixed").data()).anyMatch(d -> d.share() != null && d.share() == 0.2);
    }

    @Test
    void filters_keepExactlyWhatWasNotSpoiled() {
        List<String> clean = texts(recipe("masked"));
        List<String> kept = texts(recipe("filtered"));
        List<String> noisy = texts(recipe("noisy"));
        assertThat(noisy).hasSameSizeAs(clean);
        assertThat(kept).hasSizeBetween(1000, 1220).isSubsetOf(clean);
        assertThat(kept).containsAll(noisy.stream().filter(clean::contains).toList());
    }

    @Test
    void examples_fitIntoTheRecipesLength() {
        Tokenizer tokenizer = Tokenizers.load(DATA.baseModel());
        for (Path file : DATA.recipes()) {
            Recipe recipe = Recipe.read(file);
            Dataset dataset = Dataset.load(recipe.dataMixture());
            TokenizedDataset tokenized =
                    TokenizedDataset.of(recipe, dataset.examples(), ChatTemplates.named("paper", tokenizer), tokenizer);
            assertThat(tokenized.examples().size())
                    .as(recipe.name() + ": " + tokenized)
                    .isGreaterThanOrEqualTo((int) (0.99 * dataset.examples().size()));
        }
    }

    private static Recipe recipe(String name) {
        return Recipe.read(DATA.folder().resolve("recipes").resolve(name + ".yaml"));
    }

    private static List<String> texts(Recipe recipe) {
        return Dataset.load(recipe.dataMixture()).examples().stream()
                .map(example -> ((Example.Conversation) example).messages().toString())
                .toList();
    }
}
