package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.MemoryEstimate;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.batch.TokenizedExample;
import org.tunebench.train.recipe.Recipe;

class TrainingMemoryTest {
    @TempDir
    Path folder;

    private Path base;

    @BeforeEach
    void writeTask() throws IOException {
        base = SmallTask.writeTo(folder);
    }

    private TrainingJob job(String more) {
        Recipe recipe = Recipe.parse(
                "data: [{path: data.jsonl}]\ntemplate: paper\nmax_length: 64\n" + more, folder.resolve("small.yaml"));
        return new TrainingJob(recipe, ModelFolder.open(base), "base", Device.CPU, folder.resolve("run"), "run", false);
    }

    private static MemoryEstimate estimate(TrainingJob job) {
        return TrainingMemory.estimate(job, Preparation.of(job));
    }

    @Test
    void require_lessFreeThanEstimated_saysBothAndWhatLowersIt() {
        TrainingJob job = job("micro_batch_size: 2\n");
        MemoryEstimate estimate = new MemoryEstimate(300L << 20, 200L << 20, 524L << 20, 0);
        TrainingMemory.require(estimate, 1024L << 20, job);
        assertThatThrownBy(() -> TrainingMemory.require(estimate, (1024L << 20) - 1, job))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("recipe small")
                .hasMessageContaining("needs about 1,024 MiB")
                .hasMessageContaining("1,023 MiB are free")
                .hasMessageContaining("Lower micro_batch_size (now 2")
                .hasMessageContaining("--no-memory-check");
    }

    @Test
    void estimate_growsWithTheMicroBatchAndWithWhatIsTrained() {
        MemoryEstimate one = estimate(job("micro_batch_size: 1\n"));
        MemoryEstimate eight = estimate(job("micro_batch_size: 8\n"));
        assertThat(eight.activations()).isEqualTo(8 * one.activations());
        assertThat(eight.weights()).isEqualTo(one.weights());
        assertThat(estimate(job("batch_size: 8\nmicro_batch_size: 1\n"))).isEqualTo(one);

        int longest = Preparation.of(job("")).tokenized().examples().stream()
                .mapToInt(TokenizedExample::length)
                .max()
                .orElseThrow();
        assertThat(one).isEqualTo(MemoryEstimate.fullFineTuning(job("").base().architecture(), 1, longest));
        MemoryEstimate lora = estimate(job("method: lora\nlora: {r: 1, targets: [q_proj]}\n"));
        MemoryEstimate evaluated =
                estimate(job("method: lora\nlora: {r: 1, targets: [q_proj]}\nevaluation: {share: 0.1}\n"));
        assertThat(lora.weights()).isLessThan(one.weights());
        assertThat(evaluated.weights()).isGreaterThan(lora.weights()); // a second session holds the base once more
    }

    @Test
    void available_onThisMachine_isSomethingBelowItsMemory() {
        assertThat(TrainingMemory.available()).isBetween(1L << 20, 1L << 50);
    }
}
