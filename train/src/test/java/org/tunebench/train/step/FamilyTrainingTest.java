package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.StepRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.train.recipe.Recipe;

/** A recipe that names no module trains every family, whole and by adapters, and what it leaves opens again. */
class FamilyTrainingTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "mistral-untied, full",
        "qwen2-tied, full",
        "qwen2-tied, lora",
        "qwen3-tied, full",
        "gpt2-tied, full",
        "gpt2-tied, lora",
        "gemma2-tied, full",
        "gemma2-tied, lora",
        "phi3-untied, full",
        "phi3-untied, lora"
    })
    void train_defaultRecipe_lowersTheLossAndLeavesAFolderThatOpens(String name, String method) throws IOException {
        ModelFolder base = TinyModels.open(folder, name);
        Files.writeString(
                folder.resolve("data.jsonl"), "{\"prompt\": \"next of 3\", \"completion\": \"4\"}\n".repeat(8));
        Recipe recipe = Recipe.parse("""
                data: [{path: data.jsonl}]
                template: paper
                method: %s
                max_length: 64
                batch_size: 4
                epochs: 3
                optimizer: {learning_rate: 0.01}
                schedule: {type: constant, warmup_steps: 0}
                """.formatted(method), folder.resolve("recipe.yaml"));
        TrainingJob job =
                new TrainingJob(recipe, base, base.path().toString(), Device.CPU, folder.resolve("out"), "run", false);
        Trainer.train(job, TrainingListener.SILENT);

        RunFolder run = RunFolder.open(folder.resolve("out"));
        List<StepRecord> steps = run.readSteps();
        assertThat(steps.get(steps.size() - 1).loss()).isLessThan(steps.get(0).loss());
        ModelFolder checkpoint = ModelFolder.open(run.checkpoint());
        assertThat(checkpoint.adapter().isPresent()).isEqualTo(method.equals("lora"));
        checkpoint.adapter().ifPresent(adapter -> {
            List<LinearModule> modules = base.architecture().linearModules();
            assertThat(adapter.factors()).hasSameSizeAs(modules);
            assertThat(adapter.config().inputFirst()).isEqualTo(modules.get(0).inputFirst());
        });
        assertThat(base.architecture().tensors()).anySatisfy(t -> changed(t, base, checkpoint));
    }

    private static void changed(TensorSpec tensor, ModelFolder base, ModelFolder checkpoint) {
        assertThat(checkpoint.floats(tensor.name())).isNotEqualTo(base.floats(tensor.name()));
    }
}
