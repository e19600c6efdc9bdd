package org.tunebench.train.step;

import java.nio.file.Files;
import java.util.Optional;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.NativeLibrary;
import org.tunebench.train.ort.TrainingSession;

/** Which runner a job gets: the one it asks for, the one it was started with, or the faster one on its device. */
final class RunnerChoice {
    private RunnerChoice() {}

    /**
     * Chooses.
     *
     * @return never {@link Runner#AUTO}
     * @throws InputException where the job asks for a runner that is not to be had, cannot do its recipe, or is not that
     *     of the run it goes on with
     */
    static Runner of(TrainingJob job) {
        Optional<Runner> before = startedWith(job);
        Runner wanted = job.runner() == Runner.AUTO ? before.orElse(Runner.AUTO) : job.runner();
        if (before.isPresent() && wanted != before.get()) {
            throw new InputException(
                    "the run was started with the runner " + before.get(),
                    job.out() + ", --runner " + wanted,
                    "Resume with --runner " + before.get() + " or auto, or start in a new folder");
        }
        return switch (wanted) {
            case HOST -> requireCpu(job);
            case LOOP -> Runner.LOOP;
            case ORT_TRAINING -> requireTraining(job);
            case AUTO -> faster(job);
        };
    }

    /** What run.json says of a run that is gone on with; records of before there was a choice mean the loop. */
    private static Optional<Runner> startedWith(TrainingJob job) {
        if (!job.resume() || !Files.exists(job.out().resolve("run.json"))) {
            return Optional.empty();
        }
        String name = RunFolder.open(job.out()).readRecord().environment().runner();
        return Optional.of(name == null ? Runner.LOOP : Runner.of(name));
    }

    private static Runner requireTraining(TrainingJob job) {
        if (!NativeLibrary.canTrain()) {
            throw new InputException(
                    "this build has the stock ONNX Runtime, which has no training API",
                    "--runner ort-training",
                    "Build with the Maven profile training-natives (TUNEBENCH_PROFILE=training-natives ./tunebench …),"
                            + " or use --runner loop");
        }
        Optional<String> missing = missing(job);
        if (missing.isPresent()) {
            throw new InputException(missing.get(), "--runner ort-training", "Use --runner loop or auto");
        }
        return Runner.ORT_TRAINING;
    }

    private static Runner requireCpu(TrainingJob job) {
        if (job.device() != Device.CPU) {
            throw new InputException(
                    "the runner host keeps its state in the CPU's memory",
                    "--runner host, --device " + job.device(),
                    "Use --runner loop or auto, or --device cpu");
        }
        return Runner.HOST;
    }

    /** As measured on the CPU (docs/performance.md); on CUDA nothing has been measured, and the loop is what is known. */
    private static Runner faster(TrainingJob job) {
        return job.device() == Device.CPU ? Runner.HOST : Runner.LOOP;
    }

    /** What the training session cannot do of a recipe. */
    private static Optional<String> missing(TrainingJob job) {
        if (!job.recipe().optimizer().noDecay().isEmpty()) {
            return Optional.of("optimizer.no_decay is given, but the training session lets all weights decay alike");
        }
        long parameters =
                new FlatLayout(RecipeSettings.method(job.recipe(), job.base()).trainable()).size();
        return parameters <= TrainingSession.MOST_PARAMETERS
                ? Optional.empty()
                : Optional.of(parameters + " trained parameters are more than the training session's checkpoint holds ("
                        + TrainingSession.MOST_PARAMETERS + ")");
    }
}
