package org.tunebench.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.InitialWeights;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.StepRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Trainer;
import org.tunebench.train.step.TrainingJob;
import org.tunebench.train.step.TrainingListener;

/**
 * Makes the embedded base model: random weights, then this project's own trainer on the generated corpus, by pretrain.yaml.
 *
 * <pre>{@code
 * java -cp … org.tunebench.benchmarks.Pretrain benchmarks-data/src/main/resources/org/tunebench/benchmarks
 * }</pre>
 */
public final class Pretrain {
    private Pretrain() {}

    /** @param arguments the folder of the resources, whose base/model.safetensors is replaced */
    public static void main(String[] arguments) throws IOException {
        Path resources = Path.of(arguments[0]);
        Path work = Files.createTempDirectory("pretrain");
        EmbeddedData.open().writePretraining(work);
        Recipe recipe = Recipe.read(work.resolve("pretrain.yaml"));

        Architecture architecture = Families.read(work.resolve("base/config.json"));
        Path start = work.resolve("start");
        CheckpointFolder.writeModel(
                start,
                work.resolve("base"),
                InitialWeights.of(architecture, recipe.seed()),
                new CheckpointFolder.Prompting(null, architecture.config().eosIds()));
        Path run = work.resolve("run");
        TrainingJob job =
                new TrainingJob(recipe, ModelFolder.open(start), "random", Device.CPU, run, recipe.name(), false);
        Trainer.train(job, new Lines());
        Files.copy(
                run.resolve("checkpoint/model.safetensors"),
                resources.resolve("base/model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        deleteRecursively(work);
    }

    private static void deleteRecursively(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    /** A line for every hundredth step. */
    private static final class Lines implements TrainingListener {
        @Override
        public void prepared(String summary, int totalSteps) {
            System.out.println(summary + "\n" + totalSteps + " steps");
        }

        @Override
        public void step(StepRecord step, int totalSteps) {
            if (step.step() % 100 == 0 || step.step() == totalSteps) {
                System.out.printf(
                        Locale.ROOT,
                        "step %d/%d loss %.3f, %.0f tokens/s%n",
                        step.step(),
                        totalSteps,
                        step.loss(),
                        step.realTokens() / step.seconds());
            }
        }
    }
}
