package org.tunebench.train.step;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.Example;
import org.tunebench.train.data.HeldOut;
import org.tunebench.train.recipe.EvaluationSettings;
import org.tunebench.train.recipe.Recipe;

/**
 * The examples to evaluate on during training, rendered and masked as the others are, and what is left to train on.
 *
 * @param bySource index of a source in the recipe → examples held out of it
 * @param files the recipe's files to evaluate on, where it names any
 * @param filesRead what they hold
 */
record HeldOutExamples(
        TokenizedDataset tokenized,
        List<Example> training,
        Map<Integer, Integer> bySource,
        List<DataSource> files,
        Dataset filesRead) {

    /** Null where the recipe asks for no evaluation. */
    static @Nullable HeldOutExamples of(Recipe recipe, Dataset dataset, ChatTemplate template, Tokenizer tokenizer) {
        EvaluationSettings settings = recipe.evaluation();
        if (settings == null) {
            return null;
        }
        List<Example> all = dataset.examples();
        if (settings.data() != null) {
            boolean alpaca = recipe.template() == Recipe.Template.ALPACA;
            Dataset read = Dataset.load(new DataMixture(settings.data(), List.of(), alpaca, recipe.seed()));
            TokenizedDataset tokenized = TokenizedDataset.of(recipe, read.examples(), template, tokenizer);
            return new HeldOutExamples(tokenized, all, Map.of(), settings.data(), read);
        }
        double share = settings.share() == null ? 0 : settings.share();
        HeldOut parted = HeldOut.of(all, share, recipe.seed());
        if (parted.heldOut().isEmpty()) {
            throw new InputException(
                    "a share of " + share + " of " + all.size() + " examples holds out none",
                    "recipe " + recipe.name() + ", evaluation.share",
                    "Raise the share, or name files to evaluate on: evaluation.data");
        }
        TokenizedDataset tokenized = TokenizedDataset.of(recipe, parted.heldOut(), template, tokenizer);
        return new HeldOutExamples(
                tokenized, parted.training(), parted.counts(), List.of(), new Dataset(List.of(), List.of()));
    }
}
