package org.tunebench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.train.recipe.PublishedRecipes;
import org.tunebench.train.recipe.Recipe;
import picocli.CommandLine.Command;

/** {@code recipes}: the bundled ones and those that the field calls by name, one line each. */
@Command(
        name = "recipes",
        description = "Lists the bundled recipes and the published ones.",
        mixinStandardHelpOptions = true)
final class RecipesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        List<Path> files = EmbeddedData.open().recipes();
        for (Path file : files) {
            Recipe recipe = Recipe.read(file);
            String data = recipe.data().stream()
                    .map(d -> String.valueOf(d.path().getFileName()))
                    .collect(Collectors.joining(", "));
            System.out.printf(
                    "%-16s %-5s mask %-9s lr %-7s %s%n",
                    recipe.name(),
                    recipe.method().name().toLowerCase(java.util.Locale.ROOT),
                    recipe.mask().name().toLowerCase(java.util.Locale.ROOT),
                    recipe.optimizer().learningRate(),
                    data);
        }
        System.out.println(files.get(0).getParent());
        System.out.println();
        System.out.println("Published recipes, for train NAME --data FILE or extends: NAME in a recipe:");
        for (String name : PublishedRecipes.names()) {
            System.out.printf("%-16s %s%n", name, PublishedRecipes.description(name));
        }
        return Main.DONE;
    }
}
