package org.tunebench.train.step;

import java.nio.file.Path;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.recipe.Recipe;

/**
 * One fine-tuning run to do.
 *
 * @param base the model to start from
 * @param baseName how records and adapters call it: an absolute path, or {@code embedded}
 * @param out the run folder
 * @param resume whether a run in {@code out} is gone on with
 * @param memoryCheck whether the run is refused where main memory is estimated to be too small
 * @param runner what takes the steps
 * @param filterInputs what the recipe's filters take from outside the data, but for the tokenizer, which is the base's
 */
public record TrainingJob(
        Recipe recipe,
        ModelFolder base,
        String baseName,
        Device device,
        Path out,
        String runName,
        boolean resume,
        boolean memoryCheck,
        Runner runner,
        FilterInputs filterInputs) {
    /** A job whose filters need nothing but the data. */
    public TrainingJob(
            Recipe recipe,
            ModelFolder base,
            String baseName,
            Device device,
            Path out,
            String runName,
            boolean resume,
            boolean memoryCheck,
            Runner runner) {
        this(recipe, base, baseName, device, out, runName, resume, memoryCheck, runner, FilterInputs.NONE);
    }

    /** A job for the runner that is faster, refused where main memory is too small. */
    public TrainingJob(
            Recipe recipe, ModelFolder base, String baseName, Device device, Path out, String runName, boolean resume) {
        this(recipe, base, baseName, device, out, runName, resume, true, Runner.AUTO);
    }

    public TrainingJob withFilterInputs(FilterInputs inputs) {
        return new TrainingJob(recipe, base, baseName, device, out, runName, resume, memoryCheck, runner, inputs);
    }

    /** The same job, started in another way. @param resumed whether a run in {@code out} is gone on with */
    public TrainingJob started(boolean resumed, boolean checksMemory, Runner by) {
        return new TrainingJob(recipe, base, baseName, device, out, runName, resumed, checksMemory, by, filterInputs);
    }
}
