package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/** The training session beside the step program. */
class OrtTrainingRunnerTest {
    private static final AdamW ADAMW = new AdamW(0.9, 0.999, 1e-8, 0.01);
    private static final int STEPS = 4;
    private static final int MICRO = 2;
    private static final Schedule SCHEDULE = new Schedule(Schedule.Shape.COSINE, 2e-3, 0.1, 1, STEPS);

    @TempDir
    Path folder;

    private ModelFolder base;

    @BeforeEach
    void openBase() {
        TrainingBuild.require();
        base = ModelFolder.open(TinyModels.writeTo(folder.resolve("base"), "llama-tied"));
    }

    @ParameterizedTest(name = "{0}, clipped at {1}")
    @CsvSource({"full, 1", "full, 0", "some, 0.2", "lora, 0.5", "dora, 0.5", "dropout, 0.5"})
    void run_sameSteps_givesTheLossesNormsAndStateOfTheLoop(String method, double maxNorm) {
        StepProgram program = program(method, maxNorm);
        StepChunk chunk = chunk(1, STEPS, program.dropout());
        try (StepRunner training = training(program);
                StepRunner loop = loop(program)) {
            training.load(start(program.method()), 0);
            loop.load(start(program.method()), 0);
            StepRunner.Outcome actual = training.run(chunk);
            StepRunner.Outcome expected = loop.run(chunk);
            for (int i = 0; i < STEPS; i++) {
                assertThat(actual.losses()[i])
                        .as("loss of step %d", i + 1)
                        .isCloseTo(expected.losses()[i], withinPercentage(1e-4));
                assertThat(actual.gradientNorms()[i])
                        .as("gradient norm of step %d", i + 1)
                        .isCloseTo(expected.gradientNorms()[i], withinPercentage(1e-3));
            }
            assertThat(training.state().firstMoment())
                    .containsExactly(loop.state().firstMoment(), offset(1e-5f));
            assertThat(training.state().secondMoment())
                    .containsExactly(loop.state().secondMoment(), offset(1e-5f));
        }
        assertThat(folder.resolve("session")).doesNotExist();
    }

    @Test
    void load_ofASavedState_goesOnToTheSameBits() {
        StepProgram program = program("full", 1);
        FlatState whole;
        FlatState half;
        try (StepRunner runner = training(program)) {
            runner.load(start(program.method()), 0);
            runner.run(chunk(1, 2));
            half = runner.state();
            runner.run(chunk(3, 2));
            whole = runner.state();
        }
        try (StepRunner runner = training(program)) {
            runner.load(half, 2);
            runner.run(chunk(3, 2));
            assertThat(runner.state().parameters()).isEqualTo(whole.parameters());
            assertThat(runner.state().firstMoment()).isEqualTo(whole.firstMoment());
            assertThat(runner.state().secondMoment()).isEqualTo(whole.secondMoment());
        }
        assertThat(half.parameters()).isNotEqualTo(whole.parameters());
    }

    @Test
    void run_lossThatTurnsInfinite_keepsTheStateFromBeforeThatStep() {
        StepProgram program = program("lora", 1);
        StepChunk chunk = chunk(1, STEPS);
        float[] weights = chunk.weights().values();
        try (StepRunner runner = training(program)) {
            runner.load(start(program.method()), 0);
            runner.run(chunk(1, 2));
            FlatState afterTwo = runner.state();

            runner.load(start(program.method()), 0);
            weights[2 * weights.length / STEPS] = Float.POSITIVE_INFINITY; // in the third step
            StepRunner.Outcome outcome = runner.run(chunk);

            assertThat(outcome.losses()[1]).isFinite();
            assertThat(outcome.losses()[2]).isNotEqualTo(outcome.losses()[1]);
            assertThat(Float.isFinite(outcome.losses()[2])).isFalse();
            assertThat(Float.isFinite(outcome.losses()[3])).isFalse();
            assertThat(runner.state().parameters()).isEqualTo(afterTwo.parameters());
            assertThat(runner.state().secondMoment()).isEqualTo(afterTwo.secondMoment());
        }
    }

    private StepProgram program(String name, double maxNorm) {
        Method method = switch (name) {
            case "lora", "dropout" -> lora(false);
            case "dora" -> lora(true);
            case "some" ->
                new FullFineTuning(
                        base.architecture().tensors().stream()
                                .filter(t -> t.name().startsWith("model.layers.1."))
                                .toList(),
                        base::floats);
            default -> new FullFineTuning(base.architecture().tensors(), base::floats);
        };
        return new StepProgram(
                base.architecture(), method, ADAMW, maxNorm, DType.FLOAT, name.equals("dropout") ? dropout() : null);
    }

    private Lora lora(boolean dora) {
        return new Lora(adapted(), 3, 0.5, dora, base::floats, 1);
    }

    private DropoutDraws dropout() {
        return new DropoutDraws(0.25, adapted(), 5);
    }

    private List<LinearModule> adapted() {
        return Lora.targeted(base.architecture().linearModules(), List.of("q_proj", "down_proj"));
    }

    private StepRunner training(StepProgram program) {
        return new OrtTrainingRunner(program, base, Device.CPU, folder.resolve("session"));
    }

    private StepRunner loop(StepProgram program) {
        Graph graph = new Graph("train");
        program.write(graph, base.weights(new GraphBuilder(graph)));
        return new LoopRunner(Session.create(graph, Device.CPU, base.weightsRoot()), ADAMW);
    }

    /** The method's start; LoRA's B a little off zero, so that A has a gradient too. */
    private static FlatState start(Method method) {
        List<Float> all = new ArrayList<>();
        Random random = new Random(7);
        for (TensorSpec spec : method.trainable()) {
            for (float x : method.initial(spec)) {
                all.add(spec.name().endsWith("lora_B.weight") ? 0.1f * (float) random.nextGaussian() : x);
            }
        }
        float[] parameters = new float[all.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = all.get(i);
        }
        return FlatState.start(parameters);
    }

    private static StepChunk chunk(int firstStep, int steps) {
        return chunk(firstStep, steps, null);
    }

    private static StepChunk chunk(int firstStep, int steps, @Nullable DropoutDraws dropout) {
        List<OptimizerStep> all = new ArrayList<>();
        for (int step = firstStep; step < firstStep + steps; step++) {
            List<Batch> batches = new ArrayList<>();
            for (int micro = 0; micro < MICRO; micro++) {
                batches.add(batch(new Random(step * 10L + micro)));
            }
            all.add(new OptimizerStep(batches));
        }
        return StepChunk.of(firstStep, all, Recipe.Loss.TOKEN_MEAN, SCHEDULE, dropout);
    }

    /** Two rows of nine random tokens, about half of them supervised. */
    private static Batch batch(Random random) {
        int rows = 2;
        int time = 9;
        int n = rows * time;
        long[] positions = new long[n];
        long[] segments = new long[n];
        long[] labels = new long[n];
        Arrays.setAll(positions, i -> i % time);
        Arrays.fill(segments, 1);
        Arrays.setAll(labels, i -> random.nextBoolean() ? random.nextInt(320) : Batch.IGNORED);
        int supervised =
                (int) Arrays.stream(labels).filter(l -> l != Batch.IGNORED).count();
        return new Batch(rows, time, random.longs(n, 0, 320).toArray(), positions, segments, labels, supervised, n);
    }
}
