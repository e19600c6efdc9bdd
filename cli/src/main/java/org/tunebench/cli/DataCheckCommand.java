package org.tunebench.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.CheckRecord.Severity;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.check.DataCheck;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.recipe.Recipe;
import org.tunebench.train.step.Preparation;
import org.tunebench.train.step.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code data check}: what a recipe would teach its base model, before it is trained. */
@Command(
        name = "check",
        description = {
            "Reads everything that a recipe trains on and writes what the model would be taught, as a page and as JSON.",
            "Exit code 1 where something would spoil the run."
        },
        mixinStandardHelpOptions = true)
final class DataCheckCommand implements Callable<Integer> {
    @Mixin
    private RecipeOption recipe = new RecipeOption();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder for data-check.html and data-check.json.")
    private Path out = Path.of("");

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Mixin
    private FilterInputOptions outside = new FilterInputOptions();

    @Override
    public Integer call() {
        OutputFile.requireFolder("--out", out);
        Recipe read = recipe.recipe();
        Device on = device.device();
        FilterInputs inputs = outside.inputs(on, recipe.judgeCache(read));
        TrainingJob job = recipe.job(read, on, out).withFilterInputs(inputs);
        DataCheck check = new DataCheck(job.recipe(), job.baseName(), inputs.suites());
        InputException refused = refused(job, check);
        CheckRecord found = check.isDone() ? check.record() : null;
        if (found == null || (refused != null && !found.spoils())) {
            throw refused == null ? new IllegalStateException("the data were not read to their end") : refused;
        }
        CheckFiles.lines(found, Severity.SPOILS).forEach(System.err::println);
        CheckFiles.lines(found, Severity.WARN).forEach(System.err::println);
        CheckFiles.write(found, out).forEach(System.out::println);
        return found.spoils() ? Main.FAILED : Main.DONE;
    }

    /** Reads what a run would read. @return why the run would be refused; null where it would not be */
    private static @Nullable InputException refused(TrainingJob job, DataCheck check) {
        try {
            Preparation.of(job, check);
            return null;
        } catch (InputException e) {
            return e;
        }
    }
}
