package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.InitialWeights;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.record.DataComposition;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.FolderLock;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.SeenRecord;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.record.StepRecord;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.weights.FloatTensor;
import org.tunebench.train.recipe.Recipe;

/** Whole runs on a random model of a few thousand parameters. */
class TrainerTest {
    @TempDir
    Path folder;

    private Path base;

    @BeforeEach
    void makeModelAndData() throws IOException {
        base = SmallTask.writeTo(folder);
    }

    private Recipe recipe(String more) {
        return recipe(more, 5);
    }

    private Recipe recipe(String more, int batchSize) {
        return Recipe.parse("""
                data: [{path: data.jsonl}]
                template: paper
                max_length: 64
                batch_size: %d
                micro_batch_size: 2
                schedule: {type: constant, warmup_steps: 0}
                """.formatted(batchSize) + more, folder.resolve("recipe.yaml"));
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
        try (Stream<SeenRecord> seen = run.seen();
                Stream<ExampleRecord> examples = run.examples()) {
            List<ExampleRecord> all = examples.toList();
            List<SeenRecord> bySteps = seen.toList();
            assertThat(bySteps)
                    .extracting(SeenRecord::step)
                    .containsExactlyElementsOf(
                            steps.stream().map(StepRecord::step).toList());
            assertThat(bySteps.stream()
                            .mapToLong(s -> s.examples().stream()
                                    .mapToInt(line -> all.get(line - 1).tokens())
                                    .sum())
                            .toArray())
                    .isEqualTo(steps.stream().mapToLong(StepRecord::realTokens).toArray());
            assertThat(all.get(0).id()).isEqualTo("data.jsonl:1");
            assertThat(all.get(0).prompt()).isNotEmpty();
            assertThat(all.get(0).response()).isNotEmpty();
            DataComposition.Part made =
                    run.readComposition().orElseThrow().parts().get(0);
            assertThat(made.name()).isEqualTo("data.jsonl");
            assertThat(made.examples()).isEqualTo(all.size());
            assertThat(made.draws())
                    .isEqualTo(
                            bySteps.stream().mapToLong(s -> s.examples().size()).sum());
            assertThat(made.tokens()).isEqualTo(totals.realTokens());
            assertThat(made.supervisedTokens()).isEqualTo(totals.supervisedTokens());
        }
        assertThat(steps).allSatisfy(s -> assertThat(s.paddedTokens()).isGreaterThanOrEqualTo(s.realTokens()));
        assertThat(run.readRecord().status()).isEqualTo(RunRecord.Status.DONE);
        assertThat(Recipe.read(run.recipeFile())).isEqualTo(recipe);
        ModelFolder checkpoint = ModelFolder.open(run.checkpoint());
        assertThat(checkpoint.adapter().isPresent()).isEqualTo(method.contains("lora"));
        assertThat(checkpoint.eosIds()).hasSizeGreaterThan(1);
        assertThat(TrainingState.file(run.path())).doesNotExist();
    }

    @Test
    void train_loraThatIsToBeMerged_leavesTheWholeModelBesideTheAdapter() {
        Recipe recipe = recipe("steps: 3\nmethod: lora\nlora: {r: 2, merge: true}\n");
        Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);

        ModelFolder adapter = ModelFolder.open(folder.resolve("run/checkpoint"));
        ModelFolder merged = ModelFolder.open(folder.resolve("run/merged"));
        assertThat(adapter.adapter()).isPresent();
        assertThat(merged.adapter()).isEmpty();
        assertThat(merged.eosIds()).isEqualTo(adapter.eosIds());
        for (TensorSpec spec : merged.architecture().tensors()) {
            assertThat(merged.floats(spec.name())).isEqualTo(adapter.floats(spec.name()));
        }
    }

    @Test
    void train_filtersAndCategories_areToldByTheRunFolder() throws IOException {
        Files.writeString(folder.resolve("more.jsonl"), """
                {"prompt": "Write a poem about the sea", "completion": "Blue.", "score": 4}
                {"prompt": "Write a Python function to add", "completion": "x + y", "score": 5}
                {"prompt": "Write a poem about a tree", "completion": "I am an AI", "score": 3}
                """);
        Recipe recipe = Recipe.parse("""
                data: [{path: more.jsonl, category: predicted}]
                filters: [{name: boilerplate}, {name: script}]
                template: paper
                max_length: 64
                steps: 1
                """, folder.resolve("recipe.yaml"));

        Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);

        RunFolder run = RunFolder.open(folder.resolve("run"));
        RunRecord.DataFile file = run.readRecord().data().get(0);
        assertThat(file.categories()).isEqualTo(Map.of("generation", 1L, "coding", 1L));
        assertThat(file.dropped()).isEqualTo(Map.of("boilerplate", 1L));
        assertThat(Files.readAllLines(run.filtersFile()))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"boilerplate\",\"dropped\":1", "more.jsonl:3", "response says 'i am an ai'");
        try (Stream<ExampleRecord> examples = run.examples()) {
            assertThat(examples.toList())
                    .extracting(ExampleRecord::scores)
                    .containsExactly(Map.of("score", 4.0, "script", 1.0), Map.of("score", 5.0, "script", 1.0));
        }
    }

    @Test
    void train_mixtureByTask_countsWhatItsLimitLeavesOutAndWhatItDraws() throws IOException {
        String record = "{\"prompt\": \"a\", \"completion\": \"b\", \"task\": \"%s\", \"category\": \"coding\"}%n";
        Files.writeString(
                folder.resolve("tasks.jsonl"),
                record.formatted("one").repeat(6) + record.formatted("two").repeat(2));
        Recipe recipe = Recipe.parse("""
                data: [{path: tasks.jsonl}]
                mixture: {rate: size, task_limit: 2}
                template: paper
                max_length: 64
                batch_size: 2
                epochs: 2
                """, folder.resolve("recipe.yaml"));

        Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);

        RunFolder run = RunFolder.open(folder.resolve("run"));
        RunRecord.DataFile file = run.readRecord().data().get(0);
        assertThat(file.dropped()).isEqualTo(Map.of("task_limit", 4L));
        assertThat(file.used()).isEqualTo(4);
        assertThat(file.categories()).isEqualTo(Map.of("coding", 4L));
        assertThat(run.readComposition().orElseThrow().parts())
                .extracting(
                        DataComposition.Part::kind,
                        DataComposition.Part::name,
                        DataComposition.Part::examples,
                        DataComposition.Part::draws)
                .containsExactly(
                        tuple(DataComposition.Kind.SOURCE, "tasks.jsonl", 4L, 8L),
                        tuple(DataComposition.Kind.CATEGORY, "coding", 4L, 8L),
                        tuple(DataComposition.Kind.TASK, "one", 2L, 4L),
                        tuple(DataComposition.Kind.TASK, "two", 2L, 4L));
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
    @ValueSource(strings = {"method: full", "method: lora~lora: {dropout: 0.3}"})
    void train_resumedAfterAFailure_endsWithTheSameBytes(String method) throws IOException {
        Recipe recipe = recipe("steps: 25\noptimizer: {learning_rate: 0.01}\n" + method.replace('~', '\n') + "\n");
        Trainer.train(job(recipe, "whole", false), TrainingListener.SILENT);

        assertThatThrownBy(() -> Trainer.train(job(recipe, "halves", false), failingAt(13)))
                .hasMessage("pulled the plug");
        Path half = folder.resolve("halves");
        assertThat(RunFolder.open(half).readRecord().status()).isEqualTo(RunRecord.Status.FAILED);
        assertThat(half.resolve("checkpoint")).doesNotExist();
        assertThat(TrainingState.file(half)).exists();
        Files.writeString(half.resolve("train/steps.jsonl"), "{\"step\":14,\"lo", StandardOpenOption.APPEND);
        Files.createDirectories(half.resolve("checkpoint"));
        Files.writeString(half.resolve("checkpoint/config.json"), "of a kill between checkpoint and run.json");
        Files.createDirectories(half.resolve(".checkpoint.half-written"));
        Path halfWritten = half.resolve("train/.state.safetensors." + UUID.randomUUID() + ".tmp");
        Files.writeString(halfWritten, "of a kill while the state was written");
        Trainer.train(job(recipe, "halves", true), TrainingListener.SILENT);

        assertThat(half.resolve(".checkpoint.half-written")).doesNotExist();
        assertThat(halfWritten).doesNotExist();
        assertSameRun(half, folder.resolve("whole"));
    }

    @Test
    void train_stoppedAndResumedAgainAndAgain_endsWithTheSameBytes() {
        Recipe recipe = recipe("""
                steps: 40
                optimizer: {learning_rate: 0.02}
                evaluation: {share: 0.2, eval_steps: 7, load_best_model_at_end: true}
                """);
        Trainer.train(job(recipe, "whole", false), TrainingListener.SILENT);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path run = folder.resolve("stopped");
        for (int at = 1; at < 40; at += 1 + random.nextInt(15)) {
            int stopAt = at;
            assertThatThrownBy(() -> Trainer.train(job(recipe, "stopped", true), stoppingAt(stopAt)))
                    .as("seed %d", seed)
                    .isInstanceOf(TrainingInterrupted.class)
                    .hasMessageContaining("of 40");
            assertThat(RunFolder.open(run).readRecord().status()).isEqualTo(RunRecord.Status.INTERRUPTED);
            assertThat(ModelFolder.open(run.resolve("checkpoint")).tensors()).isNotEmpty();
        }
        Trainer.train(job(recipe, "stopped", true), TrainingListener.SILENT);
        assertSameRun(run, folder.resolve("whole"));
    }

    static void assertSameRun(Path run, Path whole) {
        for (String weights : List.of("model.safetensors", "adapter_model.safetensors")) {
            Path expected = whole.resolve("checkpoint").resolve(weights);
            if (Files.exists(expected)) {
                assertThat(run.resolve("checkpoint").resolve(weights)).hasSameBinaryContentAs(expected);
            }
        }
        RunFolder one = RunFolder.open(run);
        RunFolder other = RunFolder.open(whole);
        assertThat(one.readSteps())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                .isEqualTo(other.readSteps());
        for (String lineage : List.of("train/seen.jsonl", "train/examples.jsonl")) {
            assertThat(run.resolve(lineage)).hasSameTextualContentAs(whole.resolve(lineage));
        }
        assertThat(one.readEvaluations())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                .isEqualTo(other.readEvaluations());
        assertThat(TrainingState.file(run)).doesNotExist();
    }

    private static TrainingListener failingAt(int step) {
        return listener(taken -> {
            if (taken == step) {
                throw new IllegalStateException("pulled the plug");
            }
            return false;
        });
    }

    /** Asks to stop once so many steps have been taken. */
    private static TrainingListener stoppingAt(int step) {
        return listener(taken -> taken >= step);
    }

    /** @param stops told of each step; whether to stop after it */
    private static TrainingListener listener(IntPredicate stops) {
        return new TrainingListener() {
            private boolean stop;

            @Override
            public void prepared(String summary, int totalSteps) {}

            @Override
            public void step(StepRecord step, int totalSteps) {
                stop = stops.test(step.step());
            }

            @Override
            public boolean stopRequested() {
                return stop;
            }
        };
    }

    @Test
    void train_evaluatedOnItsOwnData_seesTheNextStepsLoss() {
        // a step over all the data reports the loss before its update: the held-out loss after the step before
        Recipe recipe = recipe("""
                steps: 6
                optimizer: {learning_rate: 0.01}
                evaluation: {data: [{path: data.jsonl}], eval_steps: 1}
                """, 40);
        Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);

        RunFolder run = RunFolder.open(folder.resolve("run"));
        assertThat(run.readEvaluations()).hasSize(6);
        for (int i = 0; i < 5; i++) {
            EvaluationRecord evaluation = run.readEvaluations().get(i);
            assertThat(evaluation.step()).isEqualTo(i + 1);
            assertThat(evaluation.loss()).isCloseTo(run.readSteps().get(i + 1).loss(), withinPercentage(1e-4));
            assertThat(evaluation.supervisedTokens())
                    .isEqualTo(run.readSteps().get(i).supervisedTokens());
        }
        assertThat(run.readRecord().data().get(1).dropped()).containsOnly(Map.entry("held_out", 40L));
    }

    @Test
    void train_heldOutLossThatRises_stopsAndKeepsTheBestWeights() throws IOException {
        Files.writeString(
                folder.resolve("other.jsonl"), "{\"prompt\": \"next of 3\", \"completion\": \"zebra\"}\n".repeat(4));
        String settings = "optimizer: {learning_rate: 0.02}\n";
        Recipe recipe = recipe(settings + """
                steps: 400
                evaluation: {data: [{path: other.jsonl}], eval_steps: 4, early_stopping_patience: 3}
                """);
        RunRecord.TrainingTotals totals = Trainer.train(job(recipe, "early", false), TrainingListener.SILENT);

        RunFolder run = RunFolder.open(folder.resolve("early"));
        List<EvaluationRecord> evaluations = run.readEvaluations();
        EvaluationRecord best = EarlyStopping.best(evaluations);
        assertThat(totals.steps()).isLessThan(400).isEqualTo(best.step() + 3 * 4);
        assertThat(totals.bestStep()).isEqualTo(best.step());
        assertThat(run.readSteps()).hasSize(totals.steps());

        Trainer.train(job(recipe(settings + "steps: " + best.step()), "short", false), TrainingListener.SILENT);
        assertThat(run.checkpoint().resolve("model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("short/checkpoint/model.safetensors"));
    }

    @Test
    void train_shareHeldOut_isNotTrainedOnAndCounted() {
        TrainingJob job = job(recipe("evaluation: {share: 0.25}\n"), "run", false);

        Preparation prepared = Preparation.of(job);

        RunRecord.DataFile file = prepared.inputs(job).data().get(0);
        assertThat(file.used()).isEqualTo(30);
        assertThat(file.dropped()).containsOnly(Map.entry("held_out", 10L));
        assertThat(prepared.tokenized().examples()).hasSize(30);
        assertThat(prepared.tokenized().examples())
                .noneMatch(
                        e -> prepared.heldOut().tokenized().examples().stream().anyMatch(h -> h.id().equals(e.id())));
        assertThatThrownBy(() -> Preparation.of(job(recipe("evaluation: {share: 0.001}\n"), "run", false)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a share of 0.001 of 40 examples holds out none");
    }

    @Test
    void train_stateThatCannotBeWritten_failsAndGoesOnFromTheOneBefore() throws IOException {
        Recipe recipe = recipe("steps: 30\noptimizer: {learning_rate: 0.01}\n");
        Trainer.train(job(recipe, "whole", false), TrainingListener.SILENT);
        Path run = folder.resolve("full");
        assertThatThrownBy(() -> Trainer.train(job(recipe, "full", false), stoppingAt(10)))
                .isInstanceOf(TrainingInterrupted.class);
        Path kept = run.resolve("train/kept");
        TrainingListener breaks = listener(taken -> {
            // a folder where the file is to go: the rename fails as a write to a full disk does
            try {
                Files.move(TrainingState.file(run), kept);
                Files.createDirectories(TrainingState.file(run).resolve("in the way"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });
        assertThatThrownBy(() -> Trainer.train(job(recipe, "full", true), once(breaks)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write")
                .hasMessageContaining("state.safetensors");
        assertThat(RunFolder.open(run).readRecord().status()).isEqualTo(RunRecord.Status.FAILED);
        assertThat(ModelFolder.open(run.resolve("checkpoint")).tensors()).isNotEmpty();

        Files.delete(TrainingState.file(run).resolve("in the way"));
        Files.delete(TrainingState.file(run));
        Files.move(kept, TrainingState.file(run));
        Trainer.train(job(recipe, "full", true), TrainingListener.SILENT);
        assertSameRun(run, folder.resolve("whole"));
    }

    /** Tells a listener of the first step only, and stops as it says. */
    private static TrainingListener once(TrainingListener listener) {
        return new TrainingListener() {
            private boolean told;

            @Override
            public void prepared(String summary, int totalSteps) {}

            @Override
            public void step(StepRecord step, int totalSteps) {
                if (!told) {
                    told = true;
                    listener.step(step, totalSteps);
                }
            }

            @Override
            public boolean stopRequested() {
                return listener.stopRequested();
            }
        };
    }

    @Test
    void train_folderThatAnotherProcessTrainsInto_isRefused() {
        try (FolderLock lock = FolderLock.of(folder.resolve("run"))) {
            assertThatThrownBy(() -> Trainer.train(job(recipe("steps: 2\n"), "run", false), TrainingListener.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is writing into this folder");
        }
        Trainer.train(job(recipe("steps: 2\n"), "run", false), TrainingListener.SILENT);
    }

    @Test
    void train_resumedWithFewerStepsThanTheState_isRefused() throws IOException {
        Recipe recipe = recipe("steps: 25\noptimizer: {learning_rate: 0.01}\n");
        assertThatThrownBy(() -> Trainer.train(job(recipe, "run", false), stoppingAt(10)))
                .isInstanceOf(TrainingInterrupted.class);
        Path steps = folder.resolve("run/train/steps.jsonl");
        Files.write(steps, Files.readAllLines(steps).subList(0, 1));
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

    @Test
    void train_lossThatTurnsNonFinite_stopsAndKeepsTheWeightsBeforeThatStep() {
        // each step multiplies the weights by 1 − 10 · 10 = −99
        Recipe wild = recipe("steps: 40\noptimizer: {learning_rate: 10, weight_decay: 10}\n");
        assertThatThrownBy(() -> Trainer.train(job(wild, "wild", false), TrainingListener.SILENT))
                .isInstanceOf(TrainingFailure.class)
                .hasMessageMatching("step \\d+: loss .*stopped before the weights were touched.*learning_rate.*"
                        + "the step's examples: data.jsonl:\\d+(, data.jsonl:\\d+){4}");
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
    void train_resumedWithSomethingElse_isRefusedSayingWhatChanged() throws IOException {
        Recipe recipe = recipe("steps: 2\n");
        Trainer.train(job(recipe, "run", false), TrainingListener.SILENT);
        Path data = folder.resolve("data.jsonl");
        String before = Sha256.of(data);

        assertThatThrownBy(
                        () -> Trainer.train(job(recipe("steps: 3\nmask: all\n"), "run", true), TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("recipe.yaml")
                .hasMessageContaining("mask was response, is all; steps was 2, is 3");

        Files.writeString(data, "{\"prompt\": \"a\", \"completion\": \"b\"}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Trainer.check(job(recipe, "run", true), TrainingListener.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data file " + data + ", SHA-256 was " + before + ", is " + Sha256.of(data));
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
