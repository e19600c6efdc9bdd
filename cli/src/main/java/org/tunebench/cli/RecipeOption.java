package org.tunebench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.recipe.PublishedRecipes;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Runner;
import org.tunebench.train.step.TrainingJob;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The recipe, its data and its base model, the same for every command that works on one. */
final class RecipeOption {
    @Parameters(
            paramLabel = "RECIPE",
            description = "YAML file: what to train, on what, how; or a published recipe's name, with --data.")
    private Path recipeFile = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "A file or folder to train on, in place of the recipe's data; several are given one by one.")
    private List<Path> data = List.of();

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "The base model folder, or embedded; default: the recipe's base.")
    private @Nullable String base;

    /** Where the recipe is read from; of a published one its name. */
    Path file() {
        return recipeFile;
    }

    /** The recipe as it stands. */
    Recipe recipe() {
        String name = recipeFile.toString();
        if (!name.contains(".") && recipeFile.getNameCount() == 1 && !Files.exists(recipeFile)) {
            KnownNames.require("published recipe", name, PublishedRecipes.names(), "recipe " + name);
        }
        if (!PublishedRecipes.names().contains(name) || Files.exists(recipeFile)) {
            Recipe recipe = Recipe.read(recipeFile);
            return data.isEmpty()
                    ? recipe
                    : recipe.withData(data.stream().map(DataSource::of).toList());
        }
        if (data.isEmpty()) {
            throw new InputException(
                    "the published recipe " + name + " has no data of its own", "recipe " + name, "Add --data FILE");
        }
        return Recipe.published(name, data);
    }

    /** A recipe on its base model, fitted to it. @param out the run folder */
    TrainingJob job(Recipe recipe, Device device, Path out) {
        String baseName = base != null ? base : recipe.base();
        if (baseName == null) {
            throw new InputException(
                    "no base model is named",
                    recipeFile.toString(),
                    "Add the key base to the recipe, or give --base DIR");
        }
        ModelFolder model = Models.open(baseName);
        return new TrainingJob(
                recipe.withBase(Models.source(baseName))
                        .fittedTo(model.parameters(), model.config().contextLength()),
                model,
                Models.source(baseName),
                device,
                out,
                recipe.name(),
                false,
                true,
                Runner.AUTO);
    }

    /** Where a judge's answers are kept, if nothing else is said. */
    Path judgeCache(Recipe recipe) {
        return recipeFile.resolveSibling(recipe.name() + ".judge.jsonl");
    }
}
