package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.model.LinearModule;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Lora;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/** The CPU's runner beside the loop program, which is tested against PyTorch. */
class HostRunnerTest {
    private static final int STEPS = 20;
    private static final AdamW ADAMW = new AdamW(0.9, 0.999, 1e-8, 0.01);
    private static final Schedule SCHEDULE = new Schedule(Schedule.Shape.CONSTANT, 1e-2, 0, 0, STEPS);

    private final TinyLlama model = new TinyLlama(true, 7);

    @ParameterizedTest(name = "{0}, {1} micro-batches")
    @CsvSource({"full, 1", "full, 3", "no_decay, 1", "lora, 1", "lora, 3", "dora, 3"})
    void run_twentyStepsWithClipping_isWhatTheLoopGives(String name, int micro) throws Exception {
        StepProgram program = program(name);
        StepChunk chunk = chunk(program, 1, STEPS, micro);
        try (StepRunner host = host(program, micro > 1);
                StepRunner loop = loop(program)) {
            host.load(start(program), 0);
            loop.load(start(program), 0);
            StepRunner.Outcome actual = host.run(chunk);
            StepRunner.Outcome expected = loop.run(chunk);
            for (int i = 0; i < STEPS; i++) {
                assertThat(actual.losses()[i]).isCloseTo(expected.losses()[i], withinPercentage(1e-3));
                assertThat(actual.gradientNorms()[i]).isCloseTo(expected.gradientNorms()[i], withinPercentage(1e-2));
            }
            assertThat(expected.gradientNorms()[0]).isGreaterThan((float) program.maxGradNorm());
            float[] after = host.state().parameters();
            float[] wanted = loop.state().parameters();
            for (int i = 0; i < after.length; i++) {
                assertThat(after[i]).as("parameter %d", i).isCloseTo(wanted[i], within(1e-4f));
            }
        }
    }

    @Test
    void run_tensorsThatDoNotDecay_moveAsWithoutWeightDecay() throws Exception {
        StepProgram program = program("no_decay");
        StepProgram plain = new StepProgram(
                model.architecture, program.method(), new AdamW(0.9, 0.999, 1e-8, 0), 0.05, DType.FLOAT, null);
        try (StepRunner host = host(program, false);
                StepRunner without = host(plain, false)) {
            host.load(start(program), 0);
            without.load(start(program), 0);
            host.run(chunk(program, 1, 1, 1));
            without.run(chunk(program, 1, 1, 1));
            float[] actual = host.state().parameters();
            float[] undecayed = without.state().parameters();
            int at = 0;
            for (TensorSpec tensor : program.layout().tensors()) {
                boolean spared =
                        tensor.name().endsWith("norm.weight") || tensor.name().contains("layers.1.");
                float[] own = Arrays.copyOfRange(actual, at, at + (int) tensor.elements());
                float[] other = Arrays.copyOfRange(undecayed, at, at + (int) tensor.elements());
                assertThat(Arrays.equals(own, other)).as(tensor.name()).isEqualTo(spared);
                at += (int) tensor.elements();
            }
        }
    }

    @Test
    void run_goneOnWithFromItsState_hasTheSameBits() throws Exception {
        StepProgram program = program("full");
        try (StepRunner whole = host(program, false);
                StepRunner resumed = host(program, false)) {
            whole.load(start(program), 0);
            whole.run(chunk(program, 1, 4, 1));
            FlatState middle = whole.state();
            whole.run(chunk(program, 5, 4, 1));
            resumed.load(middle, 4);
            resumed.run(chunk(program, 5, 4, 1));
            assertThat(resumed.state().parameters()).isEqualTo(whole.state().parameters());
            assertThat(resumed.state().secondMoment()).isEqualTo(whole.state().secondMoment());
        }
    }

    @Test
    void run_lossNotFinite_leavesTheStateAndTheStepsAfterItUntaken() throws Exception {
        StepProgram program = program("full");
        StepChunk chunk = chunk(program, 1, 3, 1);
        float[] weights = chunk.weights().values();
        Arrays.fill(weights, weights.length / 3, weights.length / 3 * 2, Float.POSITIVE_INFINITY);
        try (StepRunner host = host(program, false)) {
            host.load(start(program), 0);
            host.run(chunk(program, 1, 1, 1));
            float[] afterOne = host.state().parameters();
            host.load(start(program), 0);
            StepRunner.Outcome outcome = host.run(chunk);
            assertThat(outcome.losses()[0]).isFinite();
            assertThat(Float.isFinite(outcome.losses()[1]) && Float.isFinite(outcome.gradientNorms()[1]))
                    .isFalse();
            assertThat(outcome.losses()[2]).isNaN();
            assertThat(host.state().parameters()).isEqualTo(afterOne);
        }
    }

    private StepProgram program(String name) {
        List<LinearModule> adapted =
                Lora.targeted(model.architecture.linearModules(), List.of("q_proj", "*.down_proj"));
        boolean full = name.equals("full") || name.equals("no_decay");
        AdamW optimizer =
                name.equals("no_decay") ? new AdamW(0.9, 0.999, 1e-8, 3, List.of("*norm.weight", "layers.1.*")) : ADAMW;
        Method method = full
                ? new FullFineTuning(model.tensors(), model.base())
                : new Lora(adapted, 3, 0.5, name.equals("dora"), model.base(), 7);
        DropoutDraws dropout = full ? null : new DropoutDraws(0.1, adapted, 7);
        return new StepProgram(model.architecture, method, optimizer, 0.05, DType.FLOAT, dropout);
    }

    private StepRunner host(StepProgram program, boolean accumulates) {
        Graph graph = new Graph("host");
        new GradientProgram(program, accumulates).write(graph, model.frozen(graph, DType.FLOAT));
        return new HostRunner(program, Session.create(graph, Device.CPU, null), accumulates);
    }

    private StepRunner loop(StepProgram program) {
        Graph graph = new Graph("loop");
        program.write(graph, model.frozen(graph, DType.FLOAT));
        return new LoopRunner(Session.create(graph, Device.CPU, null), program.optimizer());
    }

    static FlatState start(StepProgram program) {
        float[] parameters = new float[Math.toIntExact(program.layout().size())];
        int at = 0;
        for (TensorSpec spec : program.layout().tensors()) {
            float[] values = program.method().initial(spec);
            System.arraycopy(values, 0, parameters, at, values.length);
            at += values.length;
        }
        return FlatState.start(parameters);
    }

    /** Steps by number, so that any part of the twenty can be had alone. */
    static StepChunk chunk(StepProgram program, int first, int steps, int micro) {
        List<OptimizerStep> all = IntStream.range(first, first + steps)
                .mapToObj(step -> new OptimizerStep(IntStream.range(0, micro)
                        .mapToObj(i -> batch(step * 10 + i))
                        .toList()))
                .toList();
        return StepChunk.of(first, all, Recipe.Loss.TOKEN_MEAN, SCHEDULE, program.dropout());
    }

    private static Batch batch(int seed) {
        int rows = 2;
        int length = 8;
        int n = rows * length;
        long[] ids = new Random(seed).longs(n, 0, TinyLlama.VOCABULARY).toArray();
        long[] labels = new long[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % length < 3 || i % length == length - 1 ? Batch.IGNORED : ids[i + 1];
        }
        long[] positions = IntStream.range(0, n).mapToLong(i -> i % length).toArray();
        long[] segments = new long[n];
        Arrays.fill(segments, 1);
        return new Batch(rows, length, ids, positions, segments, labels, 8, n);
    }
}
