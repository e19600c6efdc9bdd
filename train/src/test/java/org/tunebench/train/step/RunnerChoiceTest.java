package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.NativeLibrary;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.train.recipe.Recipe;

class RunnerChoiceTest {
    private static final String HASH = "0".repeat(64);

    @TempDir
    Path folder;

    private ModelFolder base;

    @BeforeEach
    void openBase() {
        base = ModelFolder.open(TinyModels.writeTo(folder.resolve("base"), "llama-tied"));
    }

    @Test
    void of_unknownName_pointsAtTheNearest() {
        assertThatThrownBy(() -> Runner.of("ort-trainning"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'ort-training'? Known: auto, host, loop, ort-training");
    }

    @ParameterizedTest
    @EnumSource(Runner.class)
    void of_itsOwnName_isTheRunner(Runner runner) {
        assertThat(Runner.of(runner.toString())).isEqualTo(runner);
    }

    @Test
    void of_trainingSessionOnTheStockLibrary_isRefusedWithTheProfileToBuildWith() {
        assumeFalse(NativeLibrary.canTrain(), "this is the training build");
        assertThatThrownBy(() -> RunnerChoice.of(job(Runner.ORT_TRAINING, false)))
                .isInstanceOf(InputException.class)
                .hasMessage("--runner ort-training: this build has the stock ONNX Runtime, which has no training API."
                        + " Build with the Maven profile training-natives"
                        + " (TUNEBENCH_PROFILE=training-natives ./tunebench …), or use --runner loop");
        assertThat(RunnerChoice.of(job(Runner.AUTO, false))).isEqualTo(Runner.HOST);
    }

    @Test
    void of_resumedRun_isTheOneItWasStartedWith() {
        RunFolder.create(folder.resolve("run"), record("loop"));
        assertThat(RunnerChoice.of(job(Runner.AUTO, true))).isEqualTo(Runner.LOOP);
        assertThatThrownBy(() -> RunnerChoice.of(job(Runner.ORT_TRAINING, true)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the run was started with the runner loop")
                .hasMessageContaining("Resume with --runner loop or auto");
    }

    @Test
    void of_resumedRunWithoutARunnerInItsRecord_isTheLoop() {
        RunFolder.create(folder.resolve("run"), record(null));
        assertThat(RunnerChoice.of(job(Runner.AUTO, true))).isEqualTo(Runner.LOOP);
    }

    @Test
    void of_onCuda_isTheLoop() {
        TrainingJob job = job(Runner.AUTO, false);
        assertThat(RunnerChoice.of(new TrainingJob(
                        job.recipe(), base, "base", Device.CUDA, job.out(), "run", false, true, Runner.AUTO)))
                .isEqualTo(Runner.LOOP);
        assertThatThrownBy(() -> RunnerChoice.of(new TrainingJob(
                        job.recipe(), base, "base", Device.CUDA, job.out(), "run", false, true, Runner.HOST)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("keeps its state in the CPU's memory");
    }

    private TrainingJob job(Runner runner, boolean resume) {
        Recipe recipe = Recipe.parse("data: [{path: data.jsonl}]\n", folder.resolve("recipe.yaml"));
        return new TrainingJob(recipe, base, "base", Device.CPU, folder.resolve("run"), "run", resume, true, runner);
    }

    private static RunRecord record(@Nullable String runner) {
        RunRecord.Inputs inputs = new RunRecord.Inputs(
                null, new RunRecord.BaseModel("base", "base", HASH, HASH, HASH, 1), null, List.of(), Map.of());
        return RunRecord.running("run", inputs, new RunEnvironment("cpu", runner, Map.of(), null), Instant.EPOCH);
    }
}
