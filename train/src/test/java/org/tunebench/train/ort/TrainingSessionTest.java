package org.tunebench.train.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.NativeLibrary;
import org.tunebench.core.runtime.Tensors;
import org.tunebench.core.weights.FloatTensor;

/** The loss Σ p · x − Σ y over three parameters: its gradient is x. */
class TrainingSessionTest {
    private static final List<TensorSpec> P = List.of(TensorSpec.of("p", 3));

    @TempDir
    Path folder;

    @BeforeEach
    void requireTrainingBuild() {
        assumeTrue(NativeLibrary.canTrain(), "the stock ONNX Runtime cannot train; use the profile training-natives");
    }

    @Test
    void accumulate_twoMicroBatches_addsGradientsUntilTheyAreReset() throws OrtException {
        try (TrainingSession session = open(1, start(0, 0, 0))) {
            session.resetGradients();
            assertThat(run(session, false, 3, 0, 0)).isEqualTo(new TrainingSession.MicroStep(-7, 9)); // p = 1, 0, −1
            assertThat(run(session, false, 0, 0, 4)).isEqualTo(new TrainingSession.MicroStep(-14, 25));
            session.resetGradients();
            assertThat(run(session, true, 0, 0, 4).gradientSquares()).isEqualTo(16);
        }
    }

    @Test
    void update_afterClipping_isAdamWsOfTheClippedGradient() throws OrtException {
        try (TrainingSession session = open(0.5, start(0, 0, 0))) {
            session.resetGradients();
            run(session, true, 3, 0, 4); // norm 5, clipped to 0.5: 0.3, 0, 0.4
            session.update(0.1);
            SessionState state = session.state();
            assertThat(state.steps()).isEqualTo(1);
            assertClose(state.firstMoments(), 0.03, 0, 0.04);
            assertClose(state.secondMoments(), 0.00009, 0, 0.00016);
            // decay 1 − 0.1 · 0.2, then a first step of lr in the direction of each sign
            assertClose(state.parameters(), 0.98 - 0.1, 0, -0.98 - 0.1);
        }
    }

    @Test
    void open_fromMoments_goesOnWithThemAndTheirStep() throws OrtException {
        try (TrainingSession session = open(0, start(9, 1, 1))) {
            session.resetGradients();
            run(session, true, 0, 0, 0);
            session.update(0);
            SessionState state = session.state();
            assertThat(state.steps()).isEqualTo(10);
            assertClose(state.parameters(), 1, 0, -1);
            assertClose(state.firstMoments(), 0.9, 0.9, 0.9);
            assertClose(state.secondMoments(), 0.999, 0.999, 0.999);
        }
    }

    @Test
    void accumulate_withoutAnInput_namesIt() throws OrtException {
        try (TrainingSession session = open(1, start(0, 0, 0))) {
            assertThatThrownBy(() -> session.accumulate(Map.of(), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no input x");
        }
    }

    private TrainingSession open(double maxNorm, SessionState start) {
        Graph graph = new Graph("training");
        Value x = graph.input("x", DType.FLOAT, Shape.of(3));
        Value y = graph.input("y", DType.FLOAT, Shape.of("n"));
        TrainingModel model = TrainingModel.of(graph, P, maxNorm, (b, parameters) -> {
            Value product = b.reduceSum(b.mul(parameters.get("p"), x), false, 0);
            return new TrainingModel.LossAndGradients(b.sub(product, b.reduceSum(y, false, 0)), List.of(x));
        });
        return TrainingSession.open(folder, model, folder, new Optimizer(0.9, 0.999, 1e-8, 0.2), Device.CPU, start);
    }

    /** The map's order is not the model's: tensors must find their inputs by name. */
    private static TrainingSession.MicroStep run(TrainingSession session, boolean last, float... x)
            throws OrtException {
        try (OnnxTensor values = Tensors.of(x, 3);
                OnnxTensor subtracted = Tensors.of(new float[] {4, 6}, 2)) {
            return session.accumulate(Map.of("y", subtracted, "x", values), last);
        }
    }

    private static SessionState start(long steps, float first, float second) {
        return new SessionState(
                steps,
                List.of(FloatTensor.of("p", new float[] {1, 0, -1}, 3)),
                List.of(FloatTensor.of("p", new float[] {first, first, first}, 3)),
                List.of(FloatTensor.of("p", new float[] {second, second, second}, 3)));
    }

    private static void assertClose(List<FloatTensor> actual, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual.get(0).content().get(i)).isCloseTo(expected[i], within(1e-6));
        }
    }
}
