package org.tunebench.train.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.testing.TinyTokenizer;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.recipe.Recipe;

/** The worked examples of the packages, from a recipe file to the last batch. */
class RecipeToBatchesTest {
    @TempDir
    Path folder;

    @Test
    void step_recipeWithRawText_mixesBothInPackedRows() throws IOException {
        Files.writeString(
                folder.resolve("qa.jsonl"),
                "{\"prompt\": \"What is the sum of 1 and 2?\", \"completion\": \"The sum is 3.\"}\n".repeat(40));
        Files.writeString(folder.resolve("facts.txt"), "The capital of France is Paris.\n\n".repeat(40));
        Path file = Files.writeString(folder.resolve("mixed.yaml"), """
                data:
                  - path: qa.jsonl
                    templates: ["{prompt}", "Answer this: {prompt}"]
                  - {path: facts.txt, share: 0.2}
                template: paper
                max_length: 128
                packing: true
                batch_tokens: 512
                epochs: 2
                """);
        Tokenizer tokenizer = Tokenizers.load(TinyTokenizer.writeTo(folder));
        ChatTemplate template = ChatTemplates.named("paper", tokenizer);

        Recipe recipe = Recipe.read(file);
        Dataset dataset = Dataset.load(recipe.dataMixture());
        TokenizedDataset tokenized = TokenizedDataset.of(recipe, dataset.examples(), template, tokenizer);
        BatchPlan plan = BatchPlan.of(recipe, tokenized.examples());

        int raw = 0;
        int conversations = 0;
        for (int i = 0; i < plan.steps(); i++) {
            OptimizerStep step = plan.step(i);
            assertThat(step.microBatches()).allSatisfy(batch -> {
                assertThat(batch.rows()).isEqualTo(plan.microBatchRows());
                assertThat(batch.length()).isEqualTo(128);
            });
            assertThat(step.supervisedTokens()).isPositive().isLessThan(step.realTokens());
            assertThat(step.realTokens()).isLessThanOrEqualTo(step.positions());
            raw += (int) step.exampleIds().stream()
                    .filter(id -> id.startsWith("facts.txt:"))
                    .count();
            conversations += (int) step.exampleIds().stream()
                    .filter(id -> id.startsWith("qa.jsonl:"))
                    .count();
        }
        assertThat(conversations).isEqualTo(80);
        assertThat(raw).isPositive();
        assertThat(recipe.name()).isEqualTo("mixed");
    }
}
