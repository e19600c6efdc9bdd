package org.tunebench.train.step;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.batch.Tokenization;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.HeldOut;
import org.tunebench.train.data.SourceCounts;
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
        TokenizedDataset training,
        Map<Integer, Integer> bySource,
        List<DataSource> files,
        List<SourceCounts> filesRead) {

    /** Null where the recipe asks for no evaluation. @param counts of the recipe's sources @param all their examples */
    static @Nullable HeldOutExamples of(
            Recipe recipe,
            List<SourceCounts> counts,
            TokenizedDataset all,
            ChatTemplate template,
            Tokenizer tokenizer) {
        EvaluationSettings settings = recipe.evaluation();
        if (settings == null) {
            return null;
        }
        if (settings.data() != null) {
            DataMixture files = recipe.dataMixture().with(settings.data(), List.of());
            try (Tokenization tokenization = new Tokenization(recipe, template, tokenizer)) {
                List<SourceCounts> read = Dataset.stream(files, tokenization::add);
                TokenizedDataset tokenized = tokenization.finish().requireSome(recipe);
                return new HeldOutExamples(tokenized, all, Map.of(), settings.data(), read);
            }
        }
        double share = settings.share() == null ? 0 : settings.share();
        HeldOut heldOut = HeldOut.of(counts, share, recipe.seed());
        if (heldOut.ordinals().isEmpty()) {
            throw new InputException(
                    "a share of " + share + " of "
                            + counts.stream().mapToInt(SourceCounts::kept).sum() + " examples holds out none",
                    "recipe " + recipe.name() + ", evaluation.share",
                    "Raise the share, or name files to evaluate on: evaluation.data");
        }
        return new HeldOutExamples(
                all.part(heldOut.ordinals(), true).requireSome(recipe),
                all.part(heldOut.ordinals(), false),
                heldOut.counts(),
                List.of(),
                List.of());
    }
}
