package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.Session;
import org.tunebench.core.testing.TinyModels;
import org.tunebench.train.adapter.FullFineTuning;
import org.tunebench.train.adapter.Method;
import org.tunebench.train.batch.Batch;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.recipe.Recipe;

/** The same sequences, however they are laid out, are the same optimizer step. */
class AccumulationTest {
    private static final int SEQUENCES = 8;
    private static final int STEPS = 3;

    @TempDir
    Path folder;

    private ModelFolder base;

    @BeforeEach
    void openBase() {
        base = ModelFolder.open(TinyModels.writeTo(folder, "llama-tied"));
    }

    /** Ids of a sequence, of which those from {@code response} on are supervised. */
    private record Sequence(long[] ids, int response) {}

    @ParameterizedTest
    @EnumSource(Recipe.Loss.class)
    void step_eightOfOneFourOfTwoOneOfEight_areTheSame(Recipe.Loss loss) throws Exception {
        StepRunner.Outcome whole = run(loss, SEQUENCES, false);
        for (int rows : new int[] {1, 2, 4}) {
            assertSame(run(loss, rows, false), whole, 1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource(Recipe.Loss.class)
    void step_packed_isTheSameAsUnpacked(Recipe.Loss loss) throws Exception {
        assertSame(run(loss, 4, true), run(loss, SEQUENCES, false), 1e-3);
    }

    @Test
    void loss_perSequence_isAnotherThanPerToken() throws Exception {
        StepRunner.Outcome perToken = run(Recipe.Loss.TOKEN_MEAN, SEQUENCES, false);
        StepRunner.Outcome perSequence = run(Recipe.Loss.SEQUENCE_MEAN, SEQUENCES, false);
        assertThat(Math.abs(perToken.losses()[0] - perSequence.losses()[0])).isGreaterThan(1e-3f);
    }

    @Test
    void lossWeights_perSequence_areEachSequencesShareOverItsTokens() {
        Batch row =
                batch(List.of(List.of(new Sequence(new long[] {1, 2, 3}, 2), new Sequence(new long[] {1, 2, 3}, 1))));
        OptimizerStep step = new OptimizerStep(List.of(row));
        assertThat(LossWeights.of(Recipe.Loss.SEQUENCE_MEAN, step)).containsExactly(new double[] {0.5, 0.25, 0.25});
        double third = 1 / 3.0;
        assertThat(LossWeights.of(Recipe.Loss.TOKEN_MEAN, step)).containsExactly(new double[] {third, third, third});
    }

    private static void assertSame(StepRunner.Outcome actual, StepRunner.Outcome expected, double percent) {
        for (int i = 0; i < STEPS; i++) {
            assertThat(actual.losses()[i]).isCloseTo(expected.losses()[i], withinPercentage(percent));
            assertThat(actual.gradientNorms()[i]).isCloseTo(expected.gradientNorms()[i], withinPercentage(percent));
        }
    }

    /** @param rows of a micro-batch; packed, two sequences share a row */
    private StepRunner.Outcome run(Recipe.Loss loss, int rows, boolean packed) throws Exception {
        Method method = new FullFineTuning(base.architecture().tensors(), base::floats);
        AdamW optimizer = new AdamW(0.9, 0.999, 1e-8, 0.01);
        Graph graph = new Graph("train");
        new StepProgram(base.architecture(), method, optimizer, 1, DType.FLOAT, null)
                .write(graph, base.weights(new GraphBuilder(graph)));
        List<Float> start = new ArrayList<>();
        for (TensorSpec spec : method.trainable()) {
            for (float x : method.initial(spec)) {
                start.add(x);
            }
        }
        float[] parameters = new float[start.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = start.get(i);
        }
        List<OptimizerStep> steps = new ArrayList<>();
        Random random = new Random(4);
        for (int s = 0; s < STEPS; s++) {
            List<List<Sequence>> laid = new ArrayList<>();
            for (int i = 0; i < SEQUENCES; i++) {
                int length = 5 + random.nextInt(8);
                Sequence sequence =
                        new Sequence(random.longs(length, 0, 320).toArray(), 1 + random.nextInt(length - 1));
                if (packed && i % 2 == 1) {
                    laid.get(laid.size() - 1).add(sequence);
                } else {
                    laid.add(new ArrayList<>(List.of(sequence)));
                }
            }
            List<Batch> batches = new ArrayList<>();
            for (int from = 0; from < laid.size(); from += rows) {
                batches.add(batch(laid.subList(from, from + rows)));
            }
            steps.add(new OptimizerStep(batches));
        }
        Schedule schedule = new Schedule(Schedule.Shape.CONSTANT, 1e-3, 0, 0, STEPS);
        try (StepRunner runner = new LoopRunner(Session.create(graph, Device.CPU, base.weightsRoot()), optimizer)) {
            runner.load(FlatState.start(parameters), 0);
            return runner.run(StepChunk.of(1, steps, loss, schedule, null));
        }
    }

    private static Batch batch(List<List<Sequence>> rows) {
        int length = 26;
        int n = rows.size() * length;
        long[] ids = new long[n];
        long[] positions = new long[n];
        long[] segments = new long[n];
        long[] labels = new long[n];
        Arrays.fill(labels, Batch.IGNORED);
        int supervised = 0;
        int real = 0;
        for (int r = 0; r < rows.size(); r++) {
            int at = r * length;
            for (int s = 0; s < rows.get(r).size(); s++) {
                Sequence sequence = rows.get(r).get(s);
                for (int i = 0; i < sequence.ids().length; i++, at++, real++) {
                    ids[at] = sequence.ids()[i];
                    positions[at] = i;
                    segments[at] = s + 1;
                    if (i + 1 < sequence.ids().length && i + 1 >= sequence.response()) {
                        labels[at] = sequence.ids()[i + 1];
                        supervised++;
                    }
                }
            }
        }
        return new Batch(rows.size(), length, ids, positions, segments, labels, supervised, real);
    }
}
