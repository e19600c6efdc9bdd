package org.tunebench.train.step;

import java.nio.file.Path;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.StepRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.recipe.Recipe;

/** A process that trains, for tests that kill it: arguments are recipe, base and run folder; each step is printed. */
final class TrainingProcess {
    private TrainingProcess() {}

    public static void main(String[] arguments) {
        Path base = Path.of(arguments[1]);
        TrainingJob job = new TrainingJob(
                Recipe.read(Path.of(arguments[0])),
                ModelFolder.open(base),
                base.toString(),
                Device.CPU,
                Path.of(arguments[2]),
                "run",
                true);
        Trainer.train(job, new TrainingListener() {
            @Override
            public void prepared(String summary, int totalSteps) {}

            @Override
            public void step(StepRecord step, int totalSteps) {
                System.out.println(step.step());
            }
        });
    }
}
