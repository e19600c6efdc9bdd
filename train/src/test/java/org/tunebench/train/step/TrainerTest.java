package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.InitialWeights;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.StepRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.testing.TinyTokenizer;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.train.recipe.Recipe;

/** Whole runs on a random model of a few thousand parameters. */
class TrainerTest {
    @TempDir
    Path folder;

    private Path base;

    @BeforeEach
    void makeModelAndData() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        TinyTokenizer.writeTo(source);
        Files.writeString(source.resolve("config.json"), """
                {"model_type": "llama", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
                 "num_key_value_heads": 1, "intermediate_size": 24, "vocab_size": 283, "rms_norm_eps": 1e-5,
                 "max_position_embeddings": 128, "tie_word_embeddings": true, "hidden_act": "silu",
                 "eos_token_id": 0, "torch_dtype": "float32"}
                """);
        base = folder.resolve("base");
        Architecture architecture = Families.read(source.resolve("config.json"));
        CheckpointFolder.writeModel(
                base, source, InitialWeights.of(architecture, 3), new CheckpointFolder.Prompting(null, List.of(0)));
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            int a = random.nextInt(10);
            lines.append("{\"prompt\": \"next of ")
                    .append(a)
                    .append("\", \"completion\": \"")
                    .append(a + 1)
                    .append("\"}\n");
        }
        Files.writeString(folder.resolve("data.jsonl"), lines);
    }

    private Recipe recipe(String more) {
        return Recipe.parse("""
                data: [{path: data.jsonl}]
                template: paper
                max_length: 64
                batch_size: 5
                micro_batch_size: 2
                schedule: {type: constant, warmup_steps: 0}
                """ + more, folder.resolve("recipe.yaml"));
    }

    private TrainingJob job(Recipe recipe, String out, boolean resume) {
        return new TrainingJob(
                recipe, ModelFolder.open(base), base.toString(), Device.CPU, folder.resolve(out), "run", resume);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "method: lora\nlora: {r: 4, alpha: 16}\n",
                "method: lora\nlora: {r: 4, alpha: 16, dora: true, dropout: 0.1}\n",
                "packing: true\n"
            })
    void train_smallTask_lowersTheLossAndLeavesAWholeRunFolder(String method) {
        double rate = method.contains("lora") ? 0.05 : 0.02;
        Recipe recipe = recipe("epochs: 4\noptimizer: {learning_rate: " + rate + "}\n" + method);
        RunRecord.TrainingTotals totals = Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);

        RunFolder run = RunFolder.open(folder.resolve("run"));
        List<StepRecord> steps = run.readSteps();
        assertThat(steps).hasSize(totals.steps());
        assertThat(steps.get(0).loss()).isBetween(5.3, 6.0); // ln 283 = 5.65
        assertThat(totals.finalLoss()).isLessThan(steps.get(0).loss() - (method.contains("lora") ? 0.1 : 1));
        assertThat(steps).allSatisfy(s -> assertThat(s.paddedTokens()).isGreaterThanOrEqualTo(s.realTokens()));
        assertThat(run.readRecord().status()).isEqualTo(RunRecord.Status.DONE);
        assertThat(Recipe.read(run.recipeFile())).isEqualTo(recipe);
        ModelFolder checkpoint = ModelFolder.open(run.checkpoint());
        assertThat(checkpoint.adapter().isPresent()).isEqualTo(method.contains("lora"));
        assertThat(checkpoint.eosIds()).hasSizeGreaterThan(1);
        assertThat(TrainingState.file(run.path())).doesNotExist();
    }

    @Test
    void inputs_exampleThatDoesNotFit_isCountedWithItsFile() throws IOException {
        Files.writeString(
                folder.resolve("data.jsonl"),
                "{\"prompt\": \"a\", \"completion\": \"" + "b".repeat(100) + "\"}\n",
                StandardOpenOption.APPEND);
        TrainingJob job = job(recipe(""), "run", false);

        RunRecord.DataFile file = Preparation.of(job).inputs(job).data().get(0);

        assertThat(file.used()).isEqualTo(40);
        assertThat(file.dropped()).containsOnly(Map.entry("too_long", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"method: full | model", "method: lora~lora: {dropout: 0.3} | adapter_model"})
    void train_resumedFromASavedState_endsWithTheSameBytes(String method, String weights) throws IOException {
        Recipe recipe = recipe("steps: 25\noptimizer: {learning_rate: 0.01}\n" + method.replace('~', '\n') + "\n");
        Trainer.train(job(recipe, "whole", false), TrainingListener.SILENT);

        TrainingListener stops = new TrainingListener() {
            @Override
            public void prepared(String summary, int totalSteps) {}

            @Override
            public void step(StepRecord step, int totalSteps) {
                if (step.step() == 13) {
                    throw new IllegalStateException("pulled the plug");
                }
            }
        };
        assertThatThrownBy(() -> Trainer.train(job(recipe, "halves", false), stops))
                .hasMessage("pulled the plug");
        Path half = folder.resolve("halves");
        assertThat(RunFolder.open(half).readRecord().status()).isEqualTo(RunRecord.Status.FAILED);
        assertThat(half.resolve("checkpoint")).doesNotExist();
        stateAfterTenSteps(recipe).save(half);
        Files.writeString(half.resolve("train/steps.jsonl"), "{\"step\":14,\"lo", StandardOpenOption.APPEND);
        Files.createDirectories(half.resolve("checkpoint"));
        Files.writeString(half.resolve("checkpoint/config.json"), "of a kill between checkpoint and run.json");
        Files.createDirectories(half.resolve(".checkpoint.half-written"));
        Trainer.train(job(recipe, "halves", true), TrainingListener.SILENT);

        assertThat(half.resolve(".checkpoint.half-written")).doesNotExist();

        assertThat(half.resolve("checkpoint").resolve(weights + ".safetensors"))
                .hasSameBinaryContentAs(folder.resolve("whole/checkpoint").resolve(weights + ".safetensors"));
        assertThat(RunFolder.open(half).readSteps().stream().map(StepRecord::loss))
                .isEqualTo(RunFolder.open(folder.resolve("whole")).readSteps().stream()
                        .map(StepRecord::loss)
                        .toList());
    }

    @Test
    void train_resumedWithFewerStepsThanTheState_isRefused() throws IOException {
        Recipe recipe = recipe("steps: 25\noptimizer: {learning_rate: 0.01}\n");
        TrainingListener stops = new TrainingListener() {
            @Override
            public void prepared(String summary, int totalSteps) {}

            @Override
            public void step(StepRecord step, int totalSteps) {
                throw new IllegalStateException("pulled the plug");
            }
        };
        assertThatThrownBy(() -> Trainer.train(job(recipe, "run", false), stops))
                .hasMessage("pulled the plug");
        stateAfterTenSteps(recipe).save(folder.resolve("run"));
        assertThatThrownBy(() -> Trainer.train(job(recipe, "run", true), TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 steps, but the saved state is that after step 10");
    }

    @Test
    void train_resumedWhenDone_leavesEveryFileAsItIs() throws IOException {
        Recipe recipe = recipe("steps: 2\n");
        RunRecord.TrainingTotals totals = Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);
        byte[] before = Files.readAllBytes(folder.resolve("run/run.json"));
        assertThat(Trainer.train(job(recipe, "run", true), TrainingListener.SILENT))
                .isEqualTo(totals);
        assertThat(folder.resolve("run/run.json")).hasBinaryContent(before);
    }

    @Test
    void train_someTensors_leavesTheOthersAsTheyWere() {
        Recipe recipe = recipe("epochs: 4\noptimizer: {learning_rate: 0.02}\ntrainable: [layers.1.*, model.norm]\n");
        Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);

        RunFolder run = RunFolder.open(folder.resolve("run"));
        List<StepRecord> steps = run.readSteps();
        assertThat(steps.get(steps.size() - 1).loss()).isLessThan(steps.get(0).loss() - 0.1);
        ModelFolder before = ModelFolder.open(base);
        ModelFolder after = ModelFolder.open(run.checkpoint());
        for (String name : before.tensors().keySet()) {
            boolean trained = name.contains("layers.1.") || name.equals("model.norm.weight");
            assertThat(Arrays.equals(after.floats(name), before.floats(name)))
                    .as(name)
                    .isEqualTo(!trained);
        }
    }

    /** What the trainer saves when ten steps have been taken. */
    private TrainingState stateAfterTenSteps(Recipe recipe) {
        TrainingJob job = job(recipe, "unused", false);
        Preparation prepared = Preparation.of(job);
        try (StepSession session = StepSession.open(job)) {
            session.start(job);
            Trainer.Steps steps = new Trainer.Steps(prepared.plan(), RecipeSettings.schedule(recipe, 25));
            int from = 0;
            while (from < 10) {
                var chunk = steps.chunk(from);
                session.run(StepChunk.of(
                        from + 1, chunk, recipe.loss(), steps.schedule(), RecipeSettings.dropout(recipe, job.base())));
                from += chunk.size();
            }
            return new TrainingState(from, session.state());
        }
    }

    @Test
    void train_lossThatTurnsNonFinite_stopsAndKeepsTheWeightsBeforeThatStep() {
        // each step multiplies the weights by 1 − 10 · 10 = −99
        Recipe wild = recipe("steps: 40\noptimizer: {learning_rate: 10, weight_decay: 10}\n");
        assertThatThrownBy(() -> Trainer.train(job(wild, "wild", false), TrainingListener.SILENT))
                .isInstanceOf(TrainingFailure.class)
                .hasMessageMatching("step \\d+: loss .*stopped before the weights were touched.*learning_rate.*");
        RunFolder run = RunFolder.open(folder.resolve("wild"));
        assertThat(run.readRecord().status()).isEqualTo(RunRecord.Status.FAILED);
        assertThat(run.readSteps()).allSatisfy(s -> assertThat(s.loss()).isFinite());
        ModelFolder kept = ModelFolder.open(run.checkpoint());
        for (String name : kept.tensors().keySet()) {
            for (float x : kept.floats(name)) {
                assertThat(x).isFinite();
            }
        }
    }

    @Test
    void train_lastUpdateThatOverflows_isNotWritten() {
        // finite loss and gradient, but the one update multiplies the weights by 1 − 10 · 10 and the base is near the
        // limit
        Path large = folder.resolve("large");
        Architecture architecture = Families.read(base.resolve("config.json"));
        List<FloatTensor> tensors = InitialWeights.of(architecture, 3).stream()
                .map(t -> t.name().endsWith("up_proj.weight") ? scaled(t, 1e37f) : t)
                .map(t -> t.name().matches(".*(gate|down)_proj.weight") ? scaled(t, 0) : t)
                .toList();
        CheckpointFolder.writeModel(large, base, tensors, new CheckpointFolder.Prompting(null, List.of(0)));
        Recipe recipe = recipe("steps: 1\noptimizer: {learning_rate: 10, weight_decay: 10}\n");
        TrainingJob job = new TrainingJob(
                recipe, ModelFolder.open(large), large.toString(), Device.CPU, folder.resolve("over"), "run", false);
        assertThatThrownBy(() -> Trainer.train(job, TrainingListener.SILENT))
                .isInstanceOf(TrainingFailure.class)
                .hasMessageContaining("not finite");
        for (String file : List.of("over/checkpoint", "over/train/state.safetensors")) {
            assertThat(folder.resolve(file)).doesNotExist();
        }
    }

    private static FloatTensor scaled(FloatTensor tensor, float by) {
        float[] values = new float[tensor.content().remaining()];
        tensor.content().duplicate().get(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = by == 0 ? 0 : values[i] > 0 ? by : -by;
        }
        return FloatTensor.of(
                tensor.name(),
                values,
                tensor.shape().stream().mapToLong(Long::longValue).toArray());
    }

    @Test
    void train_folderThatHoldsAnotherRun_isRefusedAndLeftAlone() throws IOException {
        Recipe recipe = recipe("steps: 2\n");
        Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);
        byte[] before = Files.readAllBytes(folder.resolve("run/run.json"));
        assertThatThrownBy(() -> Trainer.train(job(recipe, "run", false), TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("already holds the run");
        assertThat(folder.resolve("run/run.json")).hasBinaryContent(before);
    }

    @Test
    void train_resumedWithAnotherRecipe_isRefused() {
        Trainer.train(job(recipe("steps: 2\n"), "run", false), TrainingListener.SILENT);
        assertThatThrownBy(() -> Trainer.train(job(recipe("steps: 3\n"), "run", true), TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the recipe is not what the run was started with");
    }

    @Test
    void train_loraTargetThatMatchesNothing_listsTheModules() {
        Recipe recipe = recipe("method: lora\nlora: {targets: [c_attn]}\n");
        assertThatThrownBy(() -> Trainer.train(job(recipe, "run", false), TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("c_attn")
                .hasMessageContaining("self_attn.q_proj, model.layers.*.self_attn.k_proj");
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
