package org.tunebench.cli.experiment;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.cli.FilterJudge;
import org.tunebench.cli.SuiteChoice;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.data.filter.CachedRater;
import org.tunebench.train.data.filter.ExampleFilter;
import org.tunebench.train.recipe.Recipe;

/** Who rates training data for the recipes of an experiment. */
final class RecipeJudge {
    private RecipeJudge() {}

    /**
     * Opens the judge that the experiment names, for all recipes together; null where none of them asks one. Answers are kept
     * beside the experiment's file, in NAME.judge.jsonl.
     *
     * @throws InputException where a recipe's filter asks a judge and the experiment names none
     */
    static @Nullable CachedRater open(Experiment experiment, List<Recipe> recipes, Path file, Device device) {
        for (Recipe recipe : recipes) {
            for (ExampleFilter filter : recipe.filters()) {
                if (filter.asksJudge()) {
                    return open(experiment.judge(), recipe.name() + ", filter " + filter.reason(), file, device);
                }
            }
        }
        return null;
    }

    private static CachedRater open(@Nullable String judge, String recipe, Path file, Device device) {
        if (judge == null) {
            throw new InputException(
                    "recipe " + recipe + ", asks a judge, and the experiment names none",
                    file.toString(),
                    "Add one, e.g. judge: openai, or judge: DIR with a model folder");
        }
        boolean known = SuiteChoice.JUDGES.contains(judge) || judge.equals(Recipe.EMBEDDED);
        Path absolute = file.toAbsolutePath();
        String named =
                known ? judge : absolute.resolveSibling(judge).normalize().toString();
        String kept = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "") + ".judge.jsonl";
        return FilterJudge.open(named, file + ", judge", device, absolute.resolveSibling(kept));
    }
}
